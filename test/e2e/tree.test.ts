import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { editorTab, typeBelow, waitForCursor } from '../support/vscode/verbs/editor.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu, openContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { lens, openFile } from '../support/vscode/verbs/plan-editor.ts';
import { quickInput, runCommand } from '../support/vscode/verbs/quick-input.ts';
import {
  checkbox,
  chooseFromViewMenu,
  dragTo,
  row,
  rowNames,
  showGroups,
  viewMessage,
} from '../support/vscode/verbs/tree.ts';
import {
  expand,
  openViewContainer,
  pressInlineAction,
  pressViewAction,
} from '../support/vscode/verbs/view.ts';

const plan = `# Shop

- [x] 1.1 [P:Group-api] Write the endpoints
- [ ] 1.2 [P:Group-api] Write the queries [Files: src/db.js]
  \`run: node actor.js queries "end 0"\`
- [ ] 1.3 [P:Group-api] Keep the queries fast [Files: src/db.js]
  \`run: node actor.js fast "end 0"\`
- [ ] 1.4 [P:Group-api] Join both (depends on 1.2, 1.3)
  \`run: node actor.js joined "end 0"\`
- [ ] 2.1 [P:Group-web] Show the shop in a react component
  \`run: node actor.js shop "end 0"\`
- [ ] 3.1 Tell what changed
  \`run: node actor.js news "end 0"\`
`;
const files = {
  'docs/plan.md': '- [ ] D1 [P:Group-web] Draw the pages\n',
  '.vscode/settings.json': JSON.stringify({ 'files.autoSave': 'off' }),
};

const task = (group: string, actor: string): string =>
  `- [ ] 1 [P:Group-${group}] Do ${actor}\n  \`run: node actor.js ${actor}\`\n`;

describe('the groups tree', () => {
  const vscode = useVscode();
  const shop = vscode.share(async () => {
    const stage = await setStage(vscode, plan, files);
    return { stage, window: await vscode.openWorkbench(stage) };
  });

  const both = vscode.share(async () => {
    const shop = await setStage(vscode, task('same', 'sell'), {
      'shop.tasks.md': task('herbs', 'tea'),
    });
    const farm = await setStage(vscode, task('same', 'sow'), {
      'farm.tasks.md': task('herbs', 'mint'),
    });
    const folders = [
      { name: 'shop', path: shop.folder },
      { name: 'farm', path: farm.folder },
    ];
    await shop.write('both.code-workspace', JSON.stringify({ folders }));
    const folder = shop.file('both.code-workspace');
    return { shop, farm, window: await vscode.openWorkbench({ ...shop, folder }) };
  });

  it('filters while a person types, and says what is hidden', async () => {
    const { window } = await shop();
    const { page } = window;
    await showGroups(page, 'api');

    await pressViewAction(page, 'Parallel Groups', 'Filter Tasks…');
    await quickInput(page).waitFor();
    await page.keyboard.type('queries @op');
    // What is found is there, though its group was folded.
    await row(page, '1.2 Write the queries').waitFor();
    await viewMessage(page, 'Filtered by “queries @op”: 2 of 7 tasks, 5 hidden.').waitFor();
    await window.screenshot('tree filter');
    assert.equal(await row(page, 'web, group').count(), 0);
    await page.keyboard.press('Escape');
    await row(page, 'web, group, pending, docs').waitFor();
    assert.equal(await row(page, '1.2 Write the queries').count(), 0, 'the group is folded again');

    await pressViewAction(page, 'Parallel Groups', 'Filter Tasks…');
    await quickInput(page).waitFor();
    await page.keyboard.type('submarine');
    await page.keyboard.press('Enter');
    await viewMessage(page, 'No task matches “submarine”. All 7 tasks are hidden.').waitFor();
    await pressViewAction(page, 'Parallel Groups', 'Clear Filter');
    await row(page, 'api, group').waitFor();
    await viewMessage(page, 'submarine').waitFor({ state: 'detached' });
  });

  it('shows groups, sources or subagents, and waves, as the menu of the view says', async () => {
    const { window } = await shop();
    const { page } = window;
    await expand(await showGroups(page, 'api'));
    // Groups of one name say where they are from.
    await row(page, 'web, group, pending, docs').waitFor();
    await row(page, 'web, group, pending, tasks.md').waitFor();
    await row(page, 'api, group', '⚠ 2 tasks name src/db.js').waitFor();

    await chooseFromViewMenu(page, 'Show Waves');
    await row(page, 'Wave 2, wave, 1 task').waitFor();
    await window.screenshot('tree waves');
    assert.deepEqual(await rowNames(page, 5), [
      'web, group, pending, docs/plan.md · 1 task',
      'api, group, pending, 1/4 · ⚠ 2 tasks name src/db.js',
      'Wave 1, wave, 3 tasks',
      '1.1 Write the endpoints, completed, done',
      '1.2 Write the queries, pending, backend-architect',
    ]);
    await chooseFromViewMenu(page, '✓ Show Waves');
    await row(page, 'Wave 1, wave').waitFor({ state: 'detached' });

    await chooseFromViewMenu(page, 'View by Source');
    await row(page, 'docs/plan.md, source, Markdown · 1 group').waitFor();
    await row(page, 'tasks.md, source, Markdown · 3 groups').waitFor();
    await window.screenshot('tree by source');

    await chooseFromViewMenu(page, 'View by Subagent');
    await row(page, 'frontend-developer, subagent, 1 task').waitFor();
    await row(page, '2.1 Show the shop', 'web (tasks.md) · frontend-developer').waitFor();
    await window.screenshot('tree by subagent');

    await window.reload();
    await row(page, 'frontend-developer, subagent').waitFor();
    // While the window starts, its menus are redrawn and can close under the mouse.
    const byGroup = row(page, 'api, group');
    await eventually('the view by group', async () => {
      if (!(await byGroup.isVisible())) {
        await chooseFromViewMenu(page, 'View by Group');
      }
      await byGroup.waitFor({ timeout: 5000 });
      return true;
    });
  });

  it('moves tasks to a group when they are dropped there, and back by undo', async () => {
    const { stage, window } = await shop();
    const { page } = window;
    await expand(await showGroups(page, 'api'));
    await expand(row(page, 'Sequential, group'));
    const web = row(page, 'web, group', 'tasks.md');

    await row(page, '1.2 Write').click();
    await row(page, '1.3 Keep').click({ modifiers: ['ControlOrMeta'] });
    await dragTo(row(page, '1.3 Keep'), web);
    await row(page, 'web, group', '3 tasks').waitFor();
    const moved = await readFile(stage.file('tasks.md'), 'utf8');
    assert.equal(moved, plan.replaceAll(/(1\.[23]) \[P:Group-api\]/g, '$1 [P:Group-web]'));
    await window.screenshot('tree after a drop');

    await dragTo(row(page, '1.4 Join'), row(page, 'Sequential, group'));
    await row(page, 'Sequential, group', '2 tasks').waitFor();

    await dragTo(row(page, '3.1 Tell'), row(page, 'web, group, pending, docs'));
    await toast(page, '3.1 stands in tasks.md, and web is a group of docs/plan.md').waitFor();

    await row(page, '3.1 Tell').click();
    await editorTab(page, 'tasks.md').waitFor();
    await page.locator('.part.editor .view-lines').click();
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+S');
    await eventually('the plan to be as it was', async () => {
      return (await readFile(stage.file('tasks.md'), 'utf8')) === plan;
    });
    await row(page, 'api, group', '1/4').waitFor();
  });

  it('closes a proven task from its row, once its plan can be changed', async () => {
    const { stage, window } = await shop();
    const { page } = window;
    await expand(await showGroups(page, 'Sequential'));
    await row(page, '3.1 Tell').click();
    await waitForCursor(page, 12);
    await typeBelow(page, 1, 'Unsaved words.');

    await pressInlineAction(row(page, 'Sequential, group'), 'Run Parallel Group');
    await answerDialog(page, 'Sequential wants to run', 'Run');
    const task = row(page, '3.1 Tell what changed, proven, not yet closed');
    await task.waitFor();
    await window.screenshot('tree not closed');
    const menu = await openContextMenu(task);
    await menu.getByRole('menuitem', { name: 'Close in Plan', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await pressInlineAction(task, 'Close in Plan');
    await toast(page, 'tasks.md has unsaved changes').waitFor();
    await runCommand(page, 'File: Revert File');
    await pressInlineAction(task, 'Close in Plan');
    await row(page, '3.1 Tell what changed, completed').waitFor();
    assert.match(await readFile(stage.file('tasks.md'), 'utf8'), /\[x\] 3\.1/);
  });

  it('runs the tasks that are checked, by mouse and by keyboard', async () => {
    const { stage, window } = await shop();
    const { page } = window;
    const api = await showGroups(page, 'api');
    await chooseFromContextMenu(api, 'Choose Tasks to Run…');
    await row(page, 'api, group', '3 of 3 tasks chosen').waitFor();
    assert.equal(await checkbox(row(page, '1.1')).count(), 0, 'what is done cannot be chosen');

    await checkbox(api).click();
    await row(page, 'api, group', '0 of 3 tasks chosen').waitFor();
    await checkbox(row(page, '1.2 Write')).click();
    await row(page, 'api, group', '1 of 3 tasks chosen').waitFor();
    await runCommand(page, 'Parallel Groups: Focus on Parallel Groups View');
    await page.keyboard.press('Home');
    const focused = page.locator('.part.sidebar .monaco-list-row.focused');
    await eventually('the last task to have the focus', async () => {
      await page.keyboard.press('ArrowDown');
      return (await focused.filter({ hasText: 'Join both' }).count()) > 0;
    });
    await page.keyboard.press('Space');
    await row(page, 'api, group', '2 of 3 tasks chosen · 1 waits for one that is not').waitFor();
    await page.keyboard.press('Space');
    await row(page, 'api, group', '1 of 3 tasks chosen').waitFor();
    assert.equal(await checkbox(row(page, '1.2')).getAttribute('aria-checked'), 'true');
    assert.equal(await checkbox(row(page, '1.3')).getAttribute('aria-checked'), 'false');
    await window.screenshot('tree checkboxes');

    await pressInlineAction(api, 'Run Chosen Tasks');
    const said = await answerDialog(page, 'api wants to run', 'Run');
    assert.ok(said.includes('actor.js queries') && !said.includes('actor.js fast'), said);
    await row(page, '1.2 Write the queries, completed').waitFor();
    await row(page, 'api, group', '2/4', 'just now').waitFor();
    assert.match(await readFile(stage.file('tasks.md'), 'utf8'), /\[x\] 1\.2[^]*\[ \] 1\.3/);
    await checkbox(api).waitFor({ state: 'detached' });

    await chooseFromContextMenu(api, 'Choose Tasks to Run…');
    await checkbox(api).waitFor();
    await pressInlineAction(api, 'End Choosing');
    await checkbox(api).waitFor({ state: 'detached' });
    assert.equal(await checkbox(row(page, '1.3')).count(), 0);
  });

  it('keeps the groups of several folders apart, though they have one name', async () => {
    const { shop, farm, window } = await both();
    const { page } = window;
    await openViewContainer(page, 'Parallel Groups');
    await row(page, 'same, group, pending, shop').waitFor();
    const second = row(page, 'same, group, pending, farm');
    await window.screenshot('tree of two folders');
    await pressInlineAction(second, 'Run Parallel Group');
    const said = await answerDialog(page, 'same wants to run', 'Run');
    assert.ok(said.includes('actor.js sow') && !said.includes('actor.js sell'), said);
    await farm.cue('sow', 'end 0');
    await row(page, 'same, group, completed, farm').waitFor();
    await row(page, 'same, group, pending, shop').waitFor();
    assert.match(await readFile(farm.file('tasks.md'), 'utf8'), /\[x\] 1/);
    assert.match(await readFile(shop.file('tasks.md'), 'utf8'), /\[ \] 1/);

    await chooseFromViewMenu(page, 'View by Source');
    await row(page, 'farm, folder, 2 plans').waitFor();
    await window.screenshot('tree of two folders by source');
    await chooseFromViewMenu(page, 'View by Group');
  });

  it('runs from the editor the group of the folder that the plan is in', async () => {
    const { farm, window } = await both();
    const { page } = window;
    await openViewContainer(page, 'Parallel Groups');
    await row(page, 'herbs, group, pending, farm').waitFor();
    await openFile(page, 'farm.tasks.md');
    await lens(page, 'Run group · 1 task').click();
    const said = await answerDialog(page, 'herbs wants to run', 'Run');
    assert.ok(said.includes('actor.js mint') && !said.includes('actor.js tea'), said);
    await lens(page, /Stop · 0 of 1 done/).waitFor();
    await farm.cue('mint', 'end 0');
    await lens(page, 'last run passed').waitFor();
    await row(page, 'herbs, group, pending, shop').waitFor();
  });
});
