import assert from 'node:assert/strict';
import { asGroupId, asRunId, asSourceId, groupKey } from '../../../../src/shared/ids.ts';
import type {
  GroupView,
  RunView,
  TaskView,
} from '../../../../src/shared/view-models/group-views.ts';
import { announcement } from '../../../../src/webview/facts/announcement.ts';
import {
  endedRun,
  groupView,
  runView,
  taskView,
  testsView,
} from '../../../support/webview/views.ts';

const inRun = (run: RunView | null, ...tasks: readonly TaskView[]): GroupView =>
  groupView(tasks, { run });
const done = taskView('T001', { status: 'completed', appearance: 'completed' });
const held = taskView('T002', { status: 'blocked', appearance: 'blocked' });

describe('what a screen reader is told', () => {
  it('is nothing while a run merely goes on', () => {
    const usage = { inputTokens: 1, outputTokens: 1, costUsd: null };
    assert.equal(announcement(inRun(runView()), inRun(runView({ usage }))), null);
  });

  it('is each phase as it is entered, the first included', () => {
    const early = inRun(runView({ phase: 'concurrent_execution' }));
    assert.equal(announcement(early, inRun(runView())), 'Coordination & monitoring has started.');
    const first = inRun(runView({ phase: 'pre_execution' }));
    assert.equal(announcement(inRun(null), first), 'Pre-execution analysis has started.');
  });

  it('is the end, once, with what came of it', () => {
    const end = groupView([done, held], {
      run: endedRun(60, { tests: testsView({ message: '118 tests passed.' }) }),
      status: 'blocked',
    });
    assert.equal(
      announcement(inRun(runView(), done, held), end),
      'auth: Blocked. 1 of 2 tasks completed, 1 blocked. 118 tests passed.',
    );
    assert.equal(announcement(end, end), null);
  });

  it('is the end of a run that began and ended between two snapshots, too', () => {
    const before = inRun(endedRun(60), done);
    const next = { ...endedRun(5), id: asRunId('20261121T100000Z-aaaaaa') };
    const after = groupView([done], { run: next, status: 'completed' });
    assert.equal(announcement(before, after), 'auth: Completed. 1 of 1 task completed.');
    assert.equal(announcement(inRun(null, done), after), 'auth: Completed. 1 of 1 task completed.');
  });

  it('is a question, and a failure with its reason', () => {
    const before = inRun(runView(), taskView('T001'), taskView('T002'));
    const asks = taskView('T001', { appearance: 'needs_you', detail: 'asks: Allow npm install?' });
    const failed = taskView('T002', {
      appearance: 'failed',
      failure: { reason: 'exit', exitCode: 1, message: 'npm test ended with exit code 1.' },
    });
    assert.equal(
      announcement(before, inRun(runView(), asks, failed)),
      'T001 asks: Allow npm install? T002 failed: npm test ended with exit code 1.',
    );
  });

  it('is nothing when another group is chosen, or when the panel opens on a run', () => {
    const other = inRun(runView({ phase: 'pre_execution' }));
    const key = groupKey(asSourceId('tasks.md'), asGroupId('infra'));
    assert.equal(announcement({ ...other, key }, inRun(runView())), null);
    assert.equal(announcement(null, inRun(endedRun(60))), null);
    assert.equal(announcement(inRun(runView()), null), null);
  });
});
