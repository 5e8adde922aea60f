import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { editorTab, saveFile, typeBelow, waitForCursor } from '../support/vscode/verbs/editor.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { quickPickItems, runCommand } from '../support/vscode/verbs/quick-input.ts';
import { waitForTerminal, waitForTerminalText } from '../support/vscode/verbs/terminal.ts';
import { row, showGroups, statusBarItem, welcome } from '../support/vscode/verbs/tree.ts';
import {
  expand,
  openViewContainer,
  pressInlineAction,
  pressViewAction,
} from '../support/vscode/verbs/view.ts';

const plan = `# Garden

- [ ] 1.1 [P:Group-dig] Dig the beds
  \`run: node actor.js beds\`
- [ ] 1.2 [P:Group-dig] Lay the path
  \`run: node actor.js path "say Gravel first" "end 0"\`
- [ ] 2.1 Plant roses (depends on 1.1)
  \`run: node actor.js roses "end 0"\`
`;

describe('a plan in the editor', () => {
  const vscode = useVscode();
  const garden = vscode.share(async () => {
    const stage = await setStage(vscode, plan);
    return { stage, window: await vscode.openWorkbench(stage) };
  });
  /** Opens the window with the plan as it was, and without editors. */
  const start = async (): Promise<Awaited<ReturnType<typeof garden>>> => {
    const opened = await garden();
    await runCommand(opened.window.page, 'View: Close All Editors');
    await opened.stage.write('tasks.md', plan);
    return opened;
  };

  it('is opened at the line of a task, and shows in the tree what was typed once it is saved', async () => {
    const { window } = await start();
    const { page } = window;
    await expand(await showGroups(page, 'dig'));
    await row(page, 'dig, group, pending, 2 tasks').waitFor();

    await pressInlineAction(row(page, '1.2 Lay the path'), 'Open Task');
    await editorTab(page, 'tasks.md').waitFor();
    await waitForCursor(page, 5);
    await chooseFromContextMenu(row(page, '1.1 Dig the beds'), 'Open Task');
    await waitForCursor(page, 3);

    await typeBelow(page, 2, '- [ ] 1.3 [P:Group-dig] Set the edging (depends on 1.2)');
    assert.equal(await row(page, '1.3').count(), 0);
    await saveFile(page);
    await row(page, '1.3 Set the edging, waiting, waits for 1.2').waitFor();
    await row(page, 'dig, group, pending, 3 tasks').waitFor();
    await window.screenshot('plan edited');
  });

  it('runs all groups in its order, and tells of them in the status bar', async () => {
    const { stage, window } = await start();
    const { page } = window;
    await expand(await showGroups(page, 'dig'));
    await row(page, 'dig, group, pending, 2 tasks').waitFor();
    // While it is open, the plan is changed in its editor, not behind its back.
    await row(page, '1.2 Lay the path').click();
    await waitForCursor(page, 5);
    await pressViewAction(page, 'Parallel Groups', 'Run All Groups');
    for (const group of ['dig', 'Sequential']) {
      await answerDialog(page, `${group} wants to run`, 'Run');
    }
    await row(page, '1.1 Dig the beds, running').waitFor();
    await statusBarItem(page, 'dig running, 1 of 2 tasks done').waitFor();
    await window.screenshot('all groups');

    await pressInlineAction(row(page, '1.2 Lay the path, completed'), 'Show Terminal');
    await waitForTerminal(page, '1.2 Lay the path');
    await waitForTerminalText(page, 'Gravel first');

    await statusBarItem(page, 'dig').click();
    await quickPickItems(page).filter({ hasText: 'Sequential' }).waitFor();
    await page.keyboard.press('Escape');

    await stage.cue('beds', 'end 0');
    await row(page, 'dig, group, completed, 2/2').waitFor();
    await row(page, 'Sequential, group, completed, 1/1').waitFor();
    await statusBarItem(page, '').waitFor({ state: 'detached' });
    assert.equal((await readFile(stage.file('tasks.md'), 'utf8')).match(/\[x\]/g)?.length, 3);
    const lines = page.locator('.part.editor .view-line', { hasText: '[x]' });
    await eventually(
      'every box to be ticked in the editor',
      async () => (await lines.count()) === 3,
    );
    assert.equal(await page.locator('.part.editor .tab.dirty').count(), 0);
  });
});

describe('the groups view without groups', () => {
  const vscode = useVscode();

  it('says how a plan is written, and finds the first one', async () => {
    const stage = await vscode.createWorkspace({ files: { 'README.md': '# Nothing yet' } });
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await openViewContainer(page, 'Parallel Groups');
    await welcome(page, 'No tasks were found.').waitFor();
    await window.screenshot('welcome no tasks');
    await stage.write('todo.md', '- [ ] T1 [P:Group-first] Begin');
    await row(page, 'first, group, pending, 1 task').waitFor();
  });

  it('offers to open a folder where there is none', async () => {
    const stage = await vscode.createWorkspace();
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await runCommand(page, 'Workspaces: Close Workspace');
    await page.waitForURL(/ew=true/);
    await openViewContainer(page, 'Parallel Groups');
    await welcome(page, 'Open a folder that holds a plan').waitFor();
    await page.locator('.part.sidebar').getByRole('button', { name: 'Open Folder' }).waitFor();
    await window.screenshot('welcome no folder');
  });

  it('says why the plans cannot be read, and tries again', async () => {
    const stage = await setStage(vscode, plan);
    const state = path.join(vscode.server.home, '.local', 'state');
    await rm(state, { recursive: true, force: true });
    await mkdir(path.dirname(state), { recursive: true });
    await writeFile(state, 'A file where a folder should be.');
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await openViewContainer(page, 'Parallel Groups');
    await welcome(page, 'The plans could not be read.').waitFor();
    await toast(page, 'cannot be written').waitFor();
    await window.screenshot('welcome error');
    await rm(state);
    await page.locator('.part.sidebar').getByRole('button', { name: 'Try Again' }).click();
    await row(page, 'dig, group, pending').waitFor();
  });
});
