import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { saveFile, waitForCursor } from '../support/vscode/verbs/editor.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import {
  chooseQuickPick,
  quickInput,
  quickPickItems,
} from '../support/vscode/verbs/quick-input.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { expand } from '../support/vscode/verbs/view.ts';

const plan = `# Garden

- [ ] 1.1 [P:Group-dig] Dig the beds
- [ ] 1.2 [P:Group-plant] Plant roses
- [ ] 1.3 Water the beds
- [ ] 1.4 Mow the lawn
`;

describe('moving tasks between groups by hand', () => {
  const vscode = useVscode();
  const garden = vscode.share(async () => {
    const stage = await setStage(vscode, plan);
    return { stage, window: await vscode.openWorkbench(stage) };
  });

  it('asks in the editor into which group, and takes the answer back with undo', async () => {
    const { stage, window } = await garden();
    const { page } = window;
    await expand(await showGroups(page, 'Sequential'));
    await row(page, '1.3 Water the beds').click();
    await waitForCursor(page, 5);
    const line = page.locator('.part.editor .view-line', { hasText: 'Water the beds' });

    await chooseFromContextMenu(line, 'Add to Group…');
    await quickPickItems(page).filter({ hasText: 'dig' }).waitFor();
    assert.equal(await quickPickItems(page).count(), 3);
    await window.screenshot('add to group');
    await chooseQuickPick(page, 'plant');
    await line.filter({ hasText: '1.3 [P:Group-plant] Water' }).waitFor();
    await row(page, 'plant, group, pending, 2 tasks').waitFor();
    const moved = plan.replace('1.3 ', '1.3 [P:Group-plant] ');
    await eventually(
      'the plan to be saved',
      async () => (await text(stage.file('tasks.md'))) === moved,
    );

    await line.click();
    await page.keyboard.press('Control+Z');
    await line.filter({ hasText: '1.3 Water' }).waitFor();
    await saveFile(page);
    await row(page, 'plant, group, pending, 1 task').waitFor();
  });

  it('makes a new group of the selected rows, and says while it is named what cannot be', async () => {
    const { stage, window } = await garden();
    const { page } = window;
    await expand(await showGroups(page, 'Sequential'));
    await row(page, '1.3 Water the beds').click();
    // A plan that is opened only now would take the focus from the question, and so close it.
    await waitForCursor(page, 5);
    await row(page, '1.4 Mow the lawn').click({ modifiers: ['Control'] });
    await chooseFromContextMenu(row(page, '1.4 Mow the lawn'), 'New Group from Selection…');

    await quickInput(page).fill('lawn and beds');
    const message = page.locator('.quick-input-message');
    await message.filter({ hasText: 'has no spaces' }).waitFor();
    await quickInput(page).fill('Dig');
    await message.filter({ hasText: 'There is a group “Dig” already' }).waitFor();
    await quickInput(page).fill('care');
    await window.screenshot('new group');
    await quickInput(page).press('Enter');
    await row(page, 'care, group, pending, 2 tasks').waitFor();
    const moved = plan
      .replace('1.3 ', '1.3 [P:Group-care] ')
      .replace('1.4 ', '1.4 [P:Group-care] ');
    assert.equal(await text(stage.file('tasks.md')), moved);
  });
});

function text(file: string): Promise<string> {
  return readFile(file, 'utf8');
}
