import assert from 'node:assert/strict';
import type { RunView } from '../../../../src/shared/view-models/group-views.ts';
import {
  canResume,
  describeGroupState,
  isLive,
} from '../../../../src/webview/facts/group-state.ts';
import {
  endedRun,
  groupView,
  runView,
  START,
  taskView,
  testsView,
} from '../../../support/webview/views.ts';

const live = (changes: Partial<RunView> = {}) =>
  groupView([taskView('T001')], { status: 'in_progress', run: runView(changes) });
const wordOf = (changes: Partial<RunView>) => describeGroupState(live(changes), START).word;

describe("a group's state", () => {
  it('says how long a run has been going on', () => {
    const state = describeGroupState(live(), START + 72_000);
    assert.deepEqual(state, { word: 'Running', icon: 'running', time: '1 min 12 s', at: START });
  });

  it('says when a run ended and how long it took', () => {
    const group = groupView([], { status: 'completed', run: endedRun(42) });
    const state = describeGroupState(group, START + 42_000 + 180_000);
    assert.equal(state.word, 'Completed');
    assert.equal(state.time, '3 min ago, took 42 s');
    assert.equal(state.at, START + 42_000);
  });

  it('says who coordinates where it is not this window', () => {
    assert.equal(wordOf({ holder: 'other' }), 'Running elsewhere');
    assert.equal(
      wordOf({ holder: 'other', holderName: 'the command line' }),
      'Running in the command line',
    );
    assert.equal(wordOf({ holder: 'nobody' }), 'Interrupted');
    assert.equal(wordOf({ state: 'stopping' }), 'Stopping');
    assert.equal(wordOf({ state: 'suspended' }), 'Suspended');
  });

  it('tells failing tests from failing tasks', () => {
    const run = endedRun(42, { tests: testsView({ status: 'failed' }) });
    const fine = taskView('T001', { status: 'completed', appearance: 'completed' });
    const broken = taskView('T002', { status: 'failed', appearance: 'failed' });
    const word = (...tasks: readonly (typeof fine)[]) =>
      describeGroupState(groupView(tasks, { status: 'failed', run }), START).word;
    assert.equal(word(fine), 'Tests failed');
    assert.equal(word(fine, broken), 'Failed');
  });

  it('says of a group without a run that it was never run', () => {
    const state = describeGroupState(groupView([taskView('T001')]), START);
    assert.deepEqual(state, { word: 'Not run yet', icon: 'pending', time: '', at: null });
  });

  it('needs a clock while a run goes on, and only then', () => {
    assert.equal(isLive(live()), true);
    assert.equal(isLive(groupView([], { run: endedRun(1) })), false);
    assert.equal(isLive(groupView([])), false);
  });

  it('can be resumed where a run is left alone, and only there', () => {
    assert.equal(canResume(live({ holder: 'nobody' })), true);
    assert.equal(canResume(live({ state: 'suspended' })), true);
    assert.equal(canResume(live()), false);
    assert.equal(canResume(live({ holder: 'other' })), false);
    assert.equal(canResume(groupView([], { run: endedRun(1, { holder: 'nobody' }) })), false);
    assert.equal(canResume(groupView([])), false);
  });
});
