import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AskModal } from '../../src/host/dialogs/approval-dialog.ts';
import { COMMANDS, STATE_DIRECTORY } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent, run } from '../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../support/integration/runs.ts';
import { inWorkspace, write, writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'approval.tasks.md';

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly answers: readonly string[];
}

describe('commands that come from the workspace', () => {
  const extension = useExtension();
  /** Answers with what `choose` says, and returns the questions so far. */
  const asked = (choose: (answers: readonly string[]) => string | undefined): Question[] => {
    const questions: Question[] = [];
    const answer: AskModal = (message, detail, answers) => {
      questions.push({ message, detail, answers });
      return Promise.resolve(choose(answers));
    };
    extension.answerWith(answer);
    return questions;
  };
  const tryToRun = async (group: TestGroup): Promise<void> => {
    await vscode.commands.executeCommand(COMMANDS.runGroup, { group: group.key });
  };

  it('do not run before a person has seen them in full and agreed', async () => {
    await writeConfig({ contextRefresh: { command: fakeAgent('print=a  b') } });
    const line = run('touch=scratch/ran', 'print=$HOME');
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'refused',
      `- [ ] T1 [P:Group-refused] Work\n  ${line}\n`,
    );
    const before = await runDirectories();
    const questions = asked(() => undefined);
    await tryToRun(group);

    assert.equal(questions.length, 1);
    assert.match(questions[0]?.message ?? '', /^refused wants to run 2 commands .* first time\.$/);
    assert.deepEqual(questions[0]?.answers, ['Run']);
    const [task, refresh] = questions[0].detail.split('\n');
    assert.equal(task, `T1 (${FILE}): ${line.replaceAll('`', '').replace('run: ', '')}`);
    assert.match(refresh ?? '', /^context refresh \(workspace\): node \S+ "print=a {2}b"$/);
    assert.equal(group.view().run, null);
    assert.equal(group.task('T1').status, 'pending');
    assert.deepEqual(await runDirectories(), before);
    assert.deepEqual(vscode.window.terminals, []);

    asked(([first]) => first);
    await group.runToEnd();
    assert.equal(group.task('T1').status, 'completed');
  });

  it('are asked about again only when they change', async () => {
    const plan = (...steps: readonly string[]): string =>
      `- [ ] T1 [P:Group-changed] Work\n  ${run(...steps)}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'changed', plan('print=1'));
    const questions = asked(([first]) => first);
    await group.runToEnd();
    assert.equal(questions.length, 1);

    await write(FILE, plan('print=1'));
    await group.until('the box to be open again', ({ canRun }) => canRun);
    await group.runToEnd();
    assert.equal(questions.length, 1);

    await write(FILE, plan('print=2'));
    await group.untilTask('T1', 'to be another', ({ run: now }) => now?.includes('=2') === true);
    await group.runToEnd();
    assert.equal(questions.length, 2);
    assert.match(questions[1]?.message ?? '', /1 command .* changed since you approved them\.$/);
    assert.match(questions[1]?.detail ?? '', /print=2/);
    assert.deepEqual(questions[1]?.answers, ['Run', 'Show diff since approval']);
  });

  it('can be compared with what was approved before', async () => {
    const plan = (word: string): string =>
      `- [ ] T1 [P:Group-compared] Work\n  ${run(`print=${word}`)}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'compared', plan('before'));
    await group.runToEnd();
    await write(FILE, plan('after'));
    await group.until('the box to be open again', ({ canRun }) => canRun);
    const first = group.run().id;
    asked((answers) => answers[1]);
    await tryToRun(group);

    const texts = await eventually('the comparison', async () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      if (!(input instanceof vscode.TabInputTextDiff)) {
        return false;
      }
      const open = [input.original, input.modified].map(async (uri) =>
        (await vscode.workspace.openTextDocument(uri)).getText(),
      );
      return Promise.all(open);
    });
    assert.match(texts[0] ?? '', /^T1: .*print=before/);
    assert.match(texts[1] ?? '', /^T1: .*print=after/);
    assert.equal(group.run().id, first);
    // What is only shown must not ask to be saved.
    assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
  });
});

/** The runs of the workspace; each has a directory before anything of it starts. */
async function runDirectories(): Promise<readonly string[]> {
  return (await readdir(inWorkspace(join(STATE_DIRECTORY, 'runs'))).catch(() => [])).sort();
}
