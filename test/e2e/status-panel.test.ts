import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { editorTab, waitForCursor } from '../support/vscode/verbs/editor.ts';
import { answerDialog } from '../support/vscode/verbs/notice.ts';
import { runCommand } from '../support/vscode/verbs/quick-input.ts';
import {
  focusedName,
  panelRow,
  panelSection,
  statusPanel,
  tabTo,
} from '../support/vscode/verbs/status-panel.ts';
import { waitForTerminalText } from '../support/vscode/verbs/terminal.ts';
import { chooseTheme } from '../support/vscode/verbs/theme.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { pressInlineAction } from '../support/vscode/verbs/view.ts';

/** A plan of two groups; its actors are called `oven-<bread>`, `stall-<market>` and so on. */
const plan = (bread: string, market: string): string => `# Bakery

- [ ] 1.1 [P:Group-${bread}] Knead the dough
  \`run: node actor.js dough-${bread} "say Flour and water" "end 0"\`
- [ ] 1.2 [P:Group-${bread}] Heat the oven [Subagent: devops-engineer]
  \`run: node actor.js oven-${bread}\`
- [ ] 1.3 [P:Group-${bread}] Bake the loaves (depends on 1.2)
  \`run: node actor.js loaves-${bread} "write broken.txt" "end 0"\`
- [ ] 1.4 [P:Group-${bread}] Sell them (depends on 2.1)
  \`run: node actor.js shop-${bread} "end 0"\`
- [ ] 2.1 [P:Group-${market}] Open the stall
  \`run: node actor.js stall-${market}\`
`;

describe('the status panel', () => {
  const vscode = useVscode();
  /** Each test has a plan of its own. */
  const bakery = vscode.share(async () => {
    const stage = await setStage(vscode, plan('bread', 'market'), {
      'rolls.tasks.md': plan('rolls', 'fair'),
      'cake.tasks.md': plan('cake', 'stand'),
    });
    return { stage, window: await vscode.openWorkbench(stage) };
  });
  const start = async (): Promise<Awaited<ReturnType<typeof bakery>>> => {
    const opened = await bakery();
    await runCommand(opened.window.page, 'View: Close All Editors');
    return opened;
  };

  it('follows a run through its phases to its tests', async () => {
    const { stage, window } = await start();
    const { page } = window;
    const bread = await showGroups(page, 'bread');
    await bread.click();
    await runCommand(page, 'Parallel Groups: Show Status Panel');
    const panel = statusPanel(page);
    await panel.getByRole('heading', { level: 1, name: 'bread' }).waitFor();
    await panelSection(page, 'Blocked').getByText('1.4 is blocked by 2.1 (pending)').waitFor();

    await panel.getByRole('button', { name: 'Run', exact: true }).click();
    await answerDialog(page, 'bread wants to run', 'Run');
    await panelRow(page, '1.1').getByText('Completed').waitFor();
    await panelRow(page, '1.2').getByText('Running', { exact: true }).waitFor();
    await panelRow(page, '1.2').getByText('devops-engineer').waitFor();
    await panelRow(page, '1.3').getByText('waits for 1.2').waitFor();
    await stage.cue('oven-bread', 'say 230 degrees');
    await panelRow(page, '1.2').getByText('230 degrees').waitFor();
    await panel.getByText('1 of 4 tasks completed · 1 running · 1 blocked').waitFor();
    for (const [name, detail] of [
      ['Pre-execution analysis', 'context fresh'],
      ['Concurrent execution', '2 launched'],
    ] as const) {
      await panel.getByRole('listitem').filter({ hasText: name }).getByText(detail).waitFor();
    }
    await window.screenshot('panel running');

    await stage.cue('oven-bread', 'end 0');
    const sentence = '1 of 2 tests failed; the suite passed before the run.';
    await panelSection(page, 'Tests').getByText(sentence).waitFor();
    await row(page, 'bread, group, failed, 3/4 · 1 blocked · 1 test failed').waitFor();
    await panelSection(page, 'Tests').getByText('nobody broke the build').first().waitFor();
    await panelRow(page, '1.2').getByText('Proven, not yet closed').waitFor();
    const measured = panelSection(page, 'Metrics').getByRole('row', { name: /^run / });
    await measured.getByText('3 (100 %)').waitFor();
    await window.screenshot('panel failed tests');
    await rm(stage.file('broken.txt'));
  });

  it('opens the terminal, the plan and the output of a task, stops and retries', async () => {
    const { stage, window } = await start();
    const { page } = window;
    const fair = await showGroups(page, 'fair');
    await pressInlineAction(fair, 'Run Parallel Group');
    await answerDialog(page, 'fair wants to run', 'Run');
    await row(page, '2.1 Open the stall, running').waitFor();
    await stage.cue('stall-fair', 'say Apples and pears');
    await fair.click();
    await runCommand(page, 'Parallel Groups: Show Status Panel');
    const stall = panelRow(page, '2.1');
    const panel = statusPanel(page);

    await panel.getByRole('button', { name: 'Show the terminal of 2.1' }).click();
    await waitForTerminalText(page, 'Apples and pears');
    await panel.getByRole('button', { name: 'Open 2.1 in its plan' }).click();
    await editorTab(page, 'rolls.tasks.md').waitFor();
    await waitForCursor(page, 11);
    await editorTab(page, 'Group Status').click();
    await panel.getByRole('button', { name: 'Open the output of 2.1' }).click();
    await editorTab(page, 'output.log').waitFor();
    await editorTab(page, 'Group Status').click();

    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await stall.getByText('Cancelled').waitFor();
    await panel.getByRole('button', { name: 'Retry failed' }).click();
    await stall.getByText('Running', { exact: true }).waitFor();
    await stage.cue('stall-fair', 'end 4');
    await stall.getByText('exit code 4').waitFor();
    await panelSection(page, 'Problems').getByText('2.1').waitFor();

    await panel.getByLabel('Group').selectOption('rolls · rolls.tasks.md');
    await panel.getByRole('heading', { level: 1, name: 'rolls' }).waitFor();
    await panelSection(page, 'Blocked').getByText('1.4 is blocked by 2.1 (pending)').waitFor();
  });

  it('is worked with the keyboard alone, in every theme', async () => {
    const { stage, window } = await start();
    const { page } = window;
    await (await showGroups(page, 'cake')).click();
    await runCommand(page, 'Parallel Groups: Show Status Panel');
    const panel = statusPanel(page);
    await panel.getByRole('heading', { level: 1, name: 'cake' }).waitFor();

    await tabTo(page, 'Run');
    await page.keyboard.press('Enter');
    await answerDialog(page, 'cake wants to run', 'Run');
    await panelRow(page, '1.1').getByText('Completed').waitFor();
    await panelRow(page, '1.2').getByText('Running', { exact: true }).waitFor();

    const reached = await tabTo(page, 'Open 1.4 in its plan');
    const names = ['Show the terminal of 1.1', 'Open the output of 1.2', 'Open 1.3 in its plan'];
    assert.deepEqual(
      ['Stop', 'Retry failed', ...names].filter((name) => !reached.includes(name)),
      [],
    );
    await page.keyboard.press('Enter');
    await editorTab(page, 'cake.tasks.md').waitFor();
    await waitForCursor(page, 9);
    await page.keyboard.press('Control+PageUp');
    await panel.getByRole('heading', { level: 1, name: 'cake' }).waitFor();

    await tabTo(page, '1.1 Knead the dough');
    await page.keyboard.press('Enter');
    await panel.getByText('Exit:').waitFor();
    for (const theme of ['light', 'dark', 'highContrast'] as const) {
      await chooseTheme(page, stage, theme);
      await window.screenshot(`panel ${theme}`);
    }
    await tabTo(page, 'Stop', 'Shift+Tab');
    await page.keyboard.press('Space');
    await panelRow(page, '1.2').getByText('Cancelled').waitFor();
    // A disabled control keeps the focus, so that the next Tab continues from there.
    assert.equal(await focusedName(page), 'Stop');
  });
});
