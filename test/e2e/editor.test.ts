import assert from 'node:assert/strict';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { saveFile } from '../support/vscode/verbs/editor.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog } from '../support/vscode/verbs/notice.ts';
import {
  acceptSuggestion,
  editorLine,
  hover,
  lens,
  marks,
  openFile,
  openQuickFix,
  placeCursor,
  suggestions,
} from '../support/vscode/verbs/plan-editor.ts';
import {
  chooseQuickPick,
  quickPickItems,
  runCommand,
} from '../support/vscode/verbs/quick-input.ts';
import { waitForTerminal } from '../support/vscode/verbs/terminal.ts';
import { chooseTheme } from '../support/vscode/verbs/theme.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { openViewContainer, treeItem } from '../support/vscode/verbs/view.ts';

const plan = `# Garden

- [ ] T1 [P:Group-dig] Dig the beds
  \`run: node actor.js beds\`
- [ ] T2 [P:Group-dig] Lay the path
  \`run: node actor.js path\`
- [ ] T3 [P:Group-dig] Plant roses (depends on T1)
  \`run: node actor.js roses "end 0"\`
- [ ] T4 [P:Group-house] Paint the shed (depends on T3)
  \`run: node actor.js shed "end 0"\`
`;

describe('a plan in its editor', () => {
  const vscode = useVscode();
  const start = async () => {
    const stage = await setStage(vscode, plan);
    const window = await vscode.openWorkbench(stage);
    return { stage, window, page: window.page };
  };
  const started = vscode.share(start);
  /** Opens `text` as a new plan. */
  const open = async (text = plan) => {
    const opened = await started();
    const tabs = opened.page.locator('.part.editor .tab');
    if ((await tabs.count()) > 0) {
      await runCommand(opened.page, 'View: Revert and Close Editor');
    }
    await opened.stage.write('tasks.md', text);
    return show(opened);
  };
  const show = async (opened: Awaited<ReturnType<typeof start>>) => {
    await showGroups(opened.page, 'dig');
    await openFile(opened.page, 'tasks.md');
    // Then the features are there, and the menus know that it is a plan.
    await lens(opened.page, 'Run group').waitFor();
    return opened;
  };

  it('tells of a group and a dependency in a hover', async () => {
    const { stage, window, page } = await open();
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      await chooseTheme(page, stage, theme);
      await placeCursor(page, plan, '[P:Group');
      await runCommand(page, 'Show or Focus Hover');
      await hover(page).getByText('Order: T1, T2 → T3').waitFor();
      await window.screenshot(`hover ${theme}`);
      await page.keyboard.press('Escape');
    }
    await placeCursor(page, plan, 'depends on T3');
    await runCommand(page, 'Show or Focus Hover');
    await hover(page).getByText('T3 Plant roses').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F12');
    await page.locator('.part.statusbar').getByRole('button', { name: 'Ln 7,' }).waitFor();
  });

  it('does not stand in the way of plain typing', async () => {
    const { page } = await open();
    await placeCursor(page, plan, 'Garden');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Rules: first - then, "quoted" [x] [P] (see a, b)');
    assert.equal(await suggestions(page).count(), 0);
    await editorLine(page, 'first - then').waitFor();
  });

  it('completes a group and a dependency that are typed', async () => {
    const { window, page } = await open();
    await placeCursor(page, plan, 'shed "end 0"`');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.type('- [ ] T5 [P:');
    await suggestions(page).filter({ hasText: 'house' }).waitFor();
    await window.screenshot('completion');
    await page.keyboard.type('Group-ho');
    await acceptSuggestion(page, 'house');
    await editorLine(page, 'T5 [P:Group-house]').waitFor();
    await page.keyboard.type(' Sweep (depends on ');
    await suggestions(page).filter({ hasText: 'Paint the shed' }).waitFor();
    await page.keyboard.type('T4');
    await acceptSuggestion(page, 'T4');
    await saveFile(page);
    await row(page, 'house, group, blocked, 2 tasks').waitFor();
    await lens(page, 'Run group · 2 tasks · 2 blocked').waitFor();
  });

  it('is mended by the keyboard where it is wrong', async () => {
    const broken = plan.replace('on T1)', 'on T11)').replace('[P:Group-house]', '[P: Group-house]');
    const { stage, window, page } = await open(broken);
    await page.locator('.part.editor .squiggly-error').first().waitFor();
    await page.locator('.part.editor .squiggly-warning').first().waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, stage, theme);
      await window.screenshot(`problems ${theme}`);
    }
    await placeCursor(page, broken, 'depends on T1');
    await openQuickFix(page, 'Change “T11” to “T1” (Dig the beds)');
    await window.screenshot('quick fix');
    await page.keyboard.press('Enter');
    await editorLine(page, 'depends on T1)').waitFor();
    await page.locator('.part.editor .squiggly-error').waitFor({ state: 'detached' });

    await placeCursor(page, broken, '[P: Group');
    await openQuickFix(page, 'Write it as [P:Group-house]');
    await page.keyboard.press('Enter');
    await editorLine(page, '[P:Group-house]').waitFor();
    await page.keyboard.press('Control+Z');
    await editorLine(page, '[P: Group-house]').waitFor();
    await page.keyboard.press('Control+Y');
    await saveFile(page);
    await row(page, 'house, group').waitFor();
  });

  it('runs the group at the cursor from its context menu, and asks which one in the explorer', async () => {
    const { window, page } = await open();
    await chooseFromContextMenu(editorLine(page, 'Paint'), 'Run Parallel Group…');
    await answerDialog(page, 'house wants to run', 'Cancel');

    await openViewContainer(page, 'Explorer');
    const file = treeItem(page, 'tasks.md');
    await chooseFromContextMenu(file, 'Run Parallel Group…');
    await quickPickItems(page).filter({ hasText: 'house' }).waitFor();
    await window.screenshot('explorer asks');
    await chooseQuickPick(page, 'dig');
    await answerDialog(page, 'dig wants to run', 'Run');
    await lens(page, /Stop · 0 of 3 done/).waitFor();

    const other = treeItem(page, 'package.json');
    await other.click({ button: 'right' });
    const menu = page.locator('.context-view .monaco-menu');
    await menu.getByRole('menuitem', { name: 'Rename...' }).waitFor();
    assert.equal(await menu.getByRole('menuitem', { name: 'Run Parallel Group…' }).count(), 0);
  });

  it('runs a group by a click on its lens, and shows live how it goes', async () => {
    const { stage, window, page } = await show(await start());
    await lens(page, 'Run group · 3 tasks').click();
    await answerDialog(page, 'dig wants to run', 'Run');
    await lens(page, /Stop · 0 of 3 done · running 0:\d\d/).waitFor();
    await stage.cue('path', 'say Gravel first', 'end 0');
    await lens(page, /Stop · 1 of 3 done/).waitFor();
    await lens(page, 'waits for T1').waitFor();
    await eventually(
      'the marks',
      async () => JSON.stringify(await marks(page)) === '["passed","running"]',
    );
    await stage.cue('beds', 'say Turning the soil');
    await lens(page, 'Turning the soil').waitFor();
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await chooseTheme(page, stage, theme);
      await window.screenshot(`editor running ${theme}`);
    }
    await lens(page, 'Turning the soil').click();
    await waitForTerminal(page, 'T1 Dig the beds');
    await stage.cue('beds', 'end 1');
    await lens(page, 'Run group · 1 of 3 done · 1 failed · last run failed').waitFor();
    await lens(page, 'Retry failed').waitFor();
    await eventually(
      'the marks',
      async () => JSON.stringify(await marks(page)) === '["failed","passed"]',
    );
    await window.screenshot('editor failed');
  }).timeout(120_000);
});
