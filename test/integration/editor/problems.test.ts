import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { useExtension } from '../../support/integration/extension.ts';
import { at, fixes, openPlan, problems } from '../../support/integration/plan-editor.ts';
import { inWorkspace } from '../../support/integration/workspace.ts';
import { eventually } from '../../support/vscode/verbs/eventually.ts';

const PLAN = `# Problems

- [ ] T1 [P:Group-a] Lay the floor (depends on T2)
- [ ] T2 [P:Group-a] Raise the walls (depends on T1)
- [ ] T2 Paint them
- [ ] T4 [P: Group-a] Tile the roof (depends on T11, T1)
`;

describe('the problems of a plan', () => {
  const extension = useExtension();

  it('are underlined where they are, and gone with their file', async () => {
    const { document } = await openPlan(extension.windowModel, 'underlined.tasks.md', PLAN);
    assert.deepEqual(await problems(document, 4), [
      'dependency-cycle: T2',
      'duplicate-id: T2',
      'almost-marker: [P: Group-a]',
      'unknown-dependency: T11',
    ]);
    const cycle = vscode.languages
      .getDiagnostics(document.uri)
      .find(({ code }) => code === 'dependency-cycle');
    assert.deepEqual(
      cycle?.relatedInformation?.map(({ message, location }) => [
        message,
        location.range.start.line + 1,
      ]),
      [
        ['“T1” depends on “T2”', 3],
        ['“T2” depends on “T1”', 4],
      ],
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(inWorkspace('underlined.tasks.md'));
    await eventually('the problems to go', () =>
      Promise.resolve(vscode.languages.getDiagnostics(document.uri).length === 0),
    );
  });

  it('are told of files that nobody opened', async () => {
    await openPlan(extension.windowModel, 'other.tasks.md', '- [ ] T1 Fine\n');
    const { document } = await openPlan(extension.windowModel, 'closed.tasks.md', PLAN);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await extension.windowModel.refresh();
    await eventually('the problems', () =>
      Promise.resolve(vscode.languages.getDiagnostics(document.uri).length === 4),
    );
  });

  it('are mended by quick fixes, go at once, and come back with undo', async () => {
    const { document } = await openPlan(extension.windowModel, 'mended.tasks.md', PLAN);
    await problems(document, 4);
    const apply = async (words: string, by: number, title: string): Promise<void> => {
      const found = await fixes(document, at(document, words, by));
      const fix = found.find((each) => each.title === title);
      assert.ok(fix?.edit, `${title} is not among ${found.map((each) => each.title).join(', ')}`);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
    };
    const preferred = async (words: string, by: number): Promise<readonly string[]> => {
      const found = await fixes(document, at(document, words, by));
      return found.filter(({ isPreferred }) => isPreferred).map(({ title }) => title);
    };
    assert.deepEqual(await preferred('T11', 1), ['Remove the dependency of “T4” on “T11”']);
    await apply('T11', 1, 'Remove the dependency of “T4” on “T11”');
    await apply('T2 Paint', 1, 'Change the id of this task to “T5”');
    await apply('[P: Group', 1, 'Write it as [P:Group-a]');
    await apply('T2)', 1, 'Remove the dependency of “T1” on “T2”');
    assert.equal(
      document.getText(),
      `# Problems

- [ ] T1 [P:Group-a] Lay the floor
- [ ] T2 [P:Group-a] Raise the walls (depends on T1)
- [ ] T5 Paint them
- [ ] T4 [P:Group-a] Tile the roof (depends on T1)
`,
    );
    assert.deepEqual(await problems(document, 0), []);
    for (let step = 0; step < 4; step += 1) {
      await vscode.commands.executeCommand('undo');
    }
    await eventually('all to be undone', () => Promise.resolve(document.getText() === PLAN));
    assert.equal((await problems(document, 4)).length, 4);
  });

  it('are found while somebody types, before the file is saved', async () => {
    const editor = await openPlan(
      extension.windowModel,
      'typed.tasks.md',
      '- [ ] T1 Lay the floor\n',
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 9), '[P:Grup-a] '));
    assert.deepEqual(await problems(editor.document, 1), ['almost-marker: [P:Grup-a]']);
  });

  it('are those of a JSON plan too', async () => {
    const tasks = [
      { id: 't1', title: 'Build', status: 'pending', dependencies: ['t2', 'setup'] },
      { id: 't2', title: 'Test', status: 'odd' },
      { id: 'set-up', title: 'Set up', status: 'pending' },
    ];
    const { document } = await openPlan(
      extension.windowModel,
      'problems.tasks.json',
      `${JSON.stringify(tasks, undefined, 2)}\n`,
    );
    const [dependency, status] = await problems(document, 2);
    assert.deepEqual([dependency, status], ['unknown-dependency: setup', 'unknown-status: "odd"']);
    const [fix] = await fixes(document, at(document, '"setup"', 2));
    assert.equal(fix?.title, 'Change “setup” to “set-up” (Set up)');
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.ok(document.getText().includes('"set-up"\n    ]'));
  });
});
