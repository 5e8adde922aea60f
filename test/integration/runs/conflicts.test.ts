import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { AskModal } from '../../../src/host/dialogs/approval-dialog.ts';
import { COMMANDS } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { run } from '../../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../../support/integration/runs.ts';
import { inWorkspace, write, writeConfig } from '../../support/integration/workspace.ts';
import { eventually } from '../../support/vscode/verbs/eventually.ts';

const FILE = 'conflicts.tasks.md';
const APART = 'Run One After the Other';
const TOGETHER = 'Run All at Once';

describe('tasks of a group that name the same file', () => {
  const extension = useExtension();
  /** Tells of each question, and answers with the label, where it is offered, else with the first. */
  const answering = (label: string | undefined): string[] => {
    const questions: string[] = [];
    const ask: AskModal = (message, _detail, answers) => {
      questions.push(`${message} [${answers.join('] [')}]`);
      return Promise.resolve(answers.includes(APART) ? label : answers[0]);
    };
    extension.answerWith(ask);
    return questions;
  };
  /** Both wait until they may end. */
  const open = (name: string): Promise<TestGroup> => {
    const task = (id: string): string =>
      `- [ ] ${id} [P:Group-${name}] ${id} [Files: src/a.ts]\n  ${run(`touch=scratch/${id}`, 'wait-file=scratch/go')}\n`;
    return openGroup(extension.windowModel, FILE, name, task('T1') + task('T2'));
  };
  const started = (id: string): boolean => existsSync(inWorkspace(`scratch/${id}`));
  const until = (id: string): Promise<unknown> =>
    eventually(`${id} to start`, () => Promise.resolve(started(id)), 60_000);

  it('are asked about before anything else, and run one after the other if a person says so', async () => {
    const group = await open('apart');
    const questions = answering(APART);
    await group.start();
    assert.deepEqual(
      questions.map((question) => question.replace(/ wants to run .*/, ' wants to run …')),
      [`apart: T1 and T2 both name src/a.ts. [${APART}] [${TOGETHER}]`, 'apart wants to run …'],
    );
    await until('T1');
    assert.equal(group.task('T2').detail, 'waits for T1 (same files)');
    assert.ok(!started('T2'));
    await write('scratch/go', '');
    const { counts } = await group.ended();
    assert.equal(counts.completed, 2);
    const [first, second] = [group.task('T1'), group.task('T2')];
    assert.ok((second.startedAt ?? 0) >= (first.endedAt ?? Infinity));
  });

  it('run at once if a person says so', async () => {
    const group = await open('together');
    answering(TOGETHER);
    await group.start();
    await until('T1');
    await until('T2');
    await write('scratch/go', '');
    assert.equal((await group.ended()).counts.completed, 2);
  });

  it('do not run at all if a person turns the question away', async () => {
    const group = await open('neither');
    const questions = answering(undefined);
    await vscode.commands.executeCommand(COMMANDS.runGroup, { group: group.key });
    assert.equal(questions.length, 1);
    assert.equal(group.view().run, null);
  });

  it('are not asked about where the configuration has decided', async () => {
    await writeConfig({ conflicts: 'together' });
    const group = await open('decided');
    const questions = answering(undefined);
    await write('scratch/go', '');
    assert.equal((await group.runToEnd()).counts.completed, 2);
    assert.deepEqual(
      questions.filter((question) => question.includes(APART)),
      [],
    );
  });

  it('are asked about once for all groups that are run together', async () => {
    const task = (id: string, group: string, file: string): string =>
      `- [ ] ${id} [P:Group-${group}] ${id} [Files: ${file}]\n  ${run('print=1')}\n`;
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'first',
      task('T1', 'first', 'a.ts') +
        task('T2', 'first', 'a.ts') +
        task('T3', 'second', 'src') +
        task('T4', 'second', 'src/b.ts'),
    );
    const asked: string[][] = [];
    extension.answerWith((message, detail) => {
      asked.push([message, ...detail.split('\n').slice(0, -1)]);
      return Promise.resolve(undefined);
    });
    await vscode.commands.executeCommand(COMMANDS.runAll);
    assert.deepEqual(asked, [
      ['first: T1 and T2 both name a.ts.', 'second: T3 names src, and T4 something in it.'],
    ]);
    assert.equal(group.view().run, null);
  });
});
