import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { chooseFromContextMenu, openContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { chooseQuickPick, quickInput } from '../support/vscode/verbs/quick-input.ts';
import { panelRow } from '../support/vscode/verbs/status-panel.ts';
import { waitForTerminal } from '../support/vscode/verbs/terminal.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { openViewContainer, treeItem } from '../support/vscode/verbs/view.ts';

const plan = '- [ ] T1 [P:Group-shop] Open the shop\n  `run: node actor.js shop`\n';
/** Waits until it may go on, and fails for what is empty. */
const agent = `
import { existsSync, readFileSync } from 'node:fs';
const [unit] = process.argv.slice(2);
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 50));
const { length } = readFileSync(unit);
console.log(unit + ' has ' + length + ' bytes');
process.exit(length === 0 ? 1 : 0);
`;
const files = {
  'agent.mjs': agent,
  'parallel-groups.json': JSON.stringify({
    agents: { looker: { command: ['node', 'agent.mjs', '{unit}'], stdin: 'closed' } },
  }),
  'pages/about.md': '# About\n',
  'pages/empty.md': '',
  'pages/style.css': 'p {}\n',
};

describe('running an agent on each file of a folder', () => {
  const vscode = useVscode();

  it('goes from the explorer over a glob and an approval to a row for every file', async () => {
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await showGroups(page, 'shop');
    await openViewContainer(page, 'Explorer');
    await chooseFromContextMenu(treeItem(page, 'pages'), 'Run Agent on Each File…');

    await chooseQuickPick(page, 'looker');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('3 files of pages').waitFor();
    await quickInput(page).fill('*.txt');
    await widget.getByText('No file of pages matches.').waitFor();
    await quickInput(page).fill('*.md');
    await widget.getByText('2 files of pages').waitFor();
    await window.screenshot('map glob');
    await quickInput(page).press('Enter');
    await widget.getByText('What looker is to do with each of the 2 files').waitFor();
    await quickInput(page).fill('Count it');
    await quickInput(page).press('Enter');
    const said = await answerDialog(page, 'wants to run 1 command', 'Run');
    assert.ok(said.includes('node agent.mjs "{unit}"'), said);

    const map = row(page, 'Map: looker · 2 files, group, running');
    await map.waitFor();
    await row(page, 'pages/about.md Count it, running').waitFor();
    await row(page, 'pages/empty.md Count it, running').waitFor();
    await row(page, 'shop, group, ').waitFor();
    await window.screenshot('map running');

    await writeFile(stage.file('go'), '');
    await row(page, 'pages/about.md Count it, completed').waitFor();
    await row(page, 'pages/empty.md Count it, failed').waitFor();
    await row(page, 'Map: looker · 2 files, group, failed, 1/2 · 1 failed').waitFor();
    await toast(page, 'Map: looker · 2 files: 1 of 2 tasks proven, 1 failed.').waitFor();
    await waitForTerminal(page, 'pages/about.md Count it');

    const menu = await openContextMenu(row(page, 'pages/about.md'));
    await menu.getByRole('menuitem', { name: 'Show Output' }).waitFor();
    assert.equal(await menu.getByRole('menuitem', { name: 'Add to Group…' }).count(), 0);
    await page.keyboard.press('Escape');

    await chooseFromContextMenu(row(page, 'Map: looker'), 'Show Status Panel');
    await panelRow(page, 'pages/empty.md').waitFor();
    await window.screenshot('map in the panel');

    await writeFile(stage.file('pages/empty.md'), 'Filled.\n');
    await chooseFromContextMenu(row(page, 'Map: looker'), 'Retry Failed');
    await row(page, 'Map: looker · 2 files, group, completed, 2/2').waitFor();
  }).timeout(120_000);
});
