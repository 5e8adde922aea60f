import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AskModal } from '../../../src/host/dialogs/approval-dialog.ts';
import { COMMANDS } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { fakeAgent, run, script } from '../../support/integration/fake.ts';
import { openGroup } from '../../support/integration/runs.ts';
import { write, writeConfig } from '../../support/integration/workspace.ts';

const FILE = 'policies.tasks.md';

/** Every message of the scripted agent says that it has used 130 tokens more. */
const BUDGET = { maxTokens: 300 };
const SPENT = "The run's budget of 300 tokens is spent";

describe('the policies of a workspace', () => {
  const extension = useExtension();

  it('stop what a run spends: a warning, then nothing new, then the latest started first', async () => {
    await writeConfig({
      agent: 'scripted',
      agents: { scripted: { command: fakeAgent(), events: 'claude' } },
      maxConcurrent: 2,
      policies: { budget: BUDGET },
    });
    const task = (id: string, ...steps: readonly string[]): string =>
      `- [ ] ${id} [P:Group-budget] Work on ${id}\n  ${script('init', ...steps)}\n`;
    const plan = [
      task(
        'T1',
        ...['says=One', 'wait-file=scratch/cross', 'edit=scratch/t1.txt'],
        ...['wait-file=scratch/more', 'says=Three', 'wait-file=scratch/end', 'ok'],
      ),
      task('T2', 'wait-file=scratch/second', 'says=Two', 'hang'),
      task('T3', 'hang'),
    ];
    const group = await openGroup(extension.windowModel, FILE, 'budget', plan.join(''));
    await group.start();
    await group.untilTask('T1', 'to report', ({ usage }) => usage !== null);
    await group.untilTask('T2', 'to run', ({ runnerPid }) => runnerPid !== null);
    await write('scratch/second', '');
    const isWarned = (warning: string): boolean => warning.startsWith('260 tokens of');
    await group.until('a warning', ({ run: now }) => now?.warnings.some(isWarned) === true);
    assert.match(
      group.task('T3').why ?? '',
      /^The run has reached its limit of 2 parallel attempts/,
    );

    await write('scratch/cross', '');
    const refused = await group.untilTask('T3', 'to fail', ({ status }) => status === 'failed');
    assert.equal(refused.detail, `${SPENT} (390 tokens), so it was not started.`);
    assert.deepEqual([refused.attempts, refused.failure?.reason], [0, 'rejected']);
    assert.equal(group.task('T2').status, 'in_progress');

    await write('scratch/more', '');
    const stopped = await group.untilTask(
      'T2',
      'to be stopped',
      ({ status }) => status === 'failed',
    );
    assert.equal(stopped.detail, `${SPENT} (520 tokens), so it was stopped.`);
    assert.equal(group.task('T1').status, 'in_progress');

    await write('scratch/end', '');
    const view = await group.ended();
    const first = group.task('T1');
    assert.equal(first.status, 'completed', first.detail);
    assert.equal(view.run?.exitCode, 1);
    assert.ok(
      view.run.errors.includes(`${SPENT} (390 tokens): nothing more is launched.`),
      view.run.errors.join('\n'),
    );
    const { results } = await group.metadata();
    assert.deepEqual(
      results.map(({ status }) => status),
      ['completed', 'failed', 'failed'],
    );
  });

  it('have a person allow each task: in the notification, or in its row', async () => {
    await writeConfig({ policies: { approval: 'each-task' } });
    const asked: string[] = [];
    const answer: AskModal = (message, _detail, [first], place) => {
      if (place !== 'notification') {
        return Promise.resolve(first);
      }
      asked.push(message);
      // The notification about T2 is closed without an answer.
      return Promise.resolve(message.includes('T1') ? 'Skip' : undefined);
    };
    extension.answerWith(answer);
    const plan = ['T1', 'T2']
      .map((id) => `- [ ] ${id} [P:Group-asked] Work\n  ${run(`touch=scratch/${id}`)}\n`)
      .join('');
    const group = await openGroup(extension.windowModel, FILE, 'asked', plan);
    await group.start();
    const skipped = await group.untilTask(
      'T1',
      'to be refused',
      ({ status }) => status === 'failed',
    );
    assert.equal(skipped.detail, 'It was not started: a person in VS Code refused it.');
    const waiting = await group.untilTask(
      'T2',
      'to ask',
      (task) => task.appearance === 'needs_you',
    );
    assert.equal(waiting.why, 'It waits for your approval.');
    assert.match(asked.join('\n'), /asked: may T1 Work start\?/);

    await vscode.commands.executeCommand(COMMANDS.allowTask, { task: waiting.key });
    await group.ended();
    assert.equal(group.task('T2').status, 'completed');
  });
});
