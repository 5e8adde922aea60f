import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { run } from '../../support/integration/fake.ts';
import { lenses, openPlan } from '../../support/integration/plan-editor.ts';
import { TestGroup } from '../../support/integration/runs.ts';
import { write } from '../../support/integration/workspace.ts';
import { eventually } from '../../support/vscode/verbs/eventually.ts';

const FILE = 'lenses.tasks.md';
const PLAN = `# Lenses

- [ ] T1 [P:Group-lenses] Lay the floor
  ${run('wait-file=scratch/go')}
- [ ] T2 [P:Group-lenses] Raise the walls (depends on T1)
  ${run('print=raised')}
- [ ] T3 Paint them (depends on T2)
  ${run('print=painted')}
`;

describe('the lenses of a plan', () => {
  const extension = useExtension();
  const show = async (
    document: vscode.TextDocument,
    expected: readonly string[],
  ): Promise<void> => {
    const timeless = (words: readonly string[]): readonly string[] =>
      words.map((each) => each.replaceAll(/\d+:\d\d|\d+ m?s\b/g, 'T'));
    const same = async (): Promise<boolean> =>
      JSON.stringify(timeless(await lenses(document))) === JSON.stringify(expected);
    await eventually('the lenses', same).catch(() => undefined);
    assert.deepEqual(timeless(await lenses(document)), expected);
  };

  it('run a group, tell how it goes, and what came of it', async () => {
    const { document } = await openPlan(extension.windowModel, FILE, PLAN);
    await show(document, [
      `3: $(play) Run group · 2 tasks → ${COMMANDS.runGroup}`,
      `7: $(play) Run sequential tasks · 1 task · 1 blocked → ${COMMANDS.runGroup}`,
    ]);
    const group = new TestGroup(extension.windowModel, FILE, 'lenses');
    const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const { command } = lens ?? {};
    assert.ok(command);
    const args: unknown[] = command.arguments ?? [];
    await vscode.commands.executeCommand(command.command, ...args);
    await group.untilTask('T1', 'to run', ({ runnerPid }) => runnerPid !== null);
    await show(document, [
      `3: $(debug-stop) Stop · 0 of 2 done · running T → ${COMMANDS.stopGroup}`,
      `3: $(loading~spin) running → ${COMMANDS.showTerminal}`,
      `3: Stop → ${COMMANDS.stopTask}`,
      '5: $(circle-large-outline) waits for T1',
      `7: $(play) Run sequential tasks · 1 task · 1 blocked → ${COMMANDS.runGroup}`,
    ]);
    await write('scratch/go', '');
    await group.ended();
    await show(document, [
      `3: $(pass-filled) 2 of 2 done · last run passed → ${COMMANDS.showStatusPanel}`,
      `7: $(play) Run sequential tasks · 1 task → ${COMMANDS.runGroup}`,
    ]);
  });

  it('move with the text before it is saved', async () => {
    const editor = await openPlan(extension.windowModel, 'moved.tasks.md', PLAN);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '\nMore words.\n'));
    await show(editor.document, [
      `5: $(play) Run group · 2 tasks → ${COMMANDS.runGroup}`,
      `9: $(play) Run sequential tasks · 1 task · 1 blocked → ${COMMANDS.runGroup}`,
    ]);
  });

  it('stand above the objects of a JSON plan', async () => {
    const tasks = [
      { id: 't1', title: 'Build [P:Group-json]', status: 'pending' },
      { id: 't2', title: 'Test [P:Group-json]', status: 'pending', dependencies: ['t1'] },
    ];
    const { document } = await openPlan(
      extension.windowModel,
      'lenses.tasks.json',
      `${JSON.stringify(tasks, undefined, 2)}\n`,
    );
    await show(document, [`2: $(play) Run group · 2 tasks → ${COMMANDS.runGroup}`]);
  });

  it('are not there in a checklist that is no plan', async () => {
    await write('scratch/notes.md', PLAN);
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(vscode.Uri.file(extension.windowModel.root ?? ''), 'scratch/notes.md'),
    );
    await vscode.window.showTextDocument(document);
    assert.deepEqual(await lenses(document), []);
  });
});
