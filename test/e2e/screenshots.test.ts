import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../support/vscode/paths.ts';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { editorTab } from '../support/vscode/verbs/editor.ts';
import { answerDialog, answerToast, toast } from '../support/vscode/verbs/notice.ts';
import { hover, lens, openFile, placeCursor } from '../support/vscode/verbs/plan-editor.ts';
import { chooseQuickPick, quickInput, runCommand } from '../support/vscode/verbs/quick-input.ts';
import { panelSection } from '../support/vscode/verbs/status-panel.ts';
import { themes } from '../support/vscode/verbs/theme.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { expand, pressInlineAction } from '../support/vscode/verbs/view.ts';

const plan = `# Accounts

- [x] 1.1 Choose where accounts are kept
- [ ] 2.1 [P:Group-accounts] Create the user model
  \`run: node actor.js model\`
- [ ] 2.2 [P:Group-accounts] Hash passwords
  \`run: node actor.js passwords\`
- [ ] 2.3 [P:Group-accounts] Build the sign-in form
  \`run: node actor.js form\`
- [ ] 2.4 [P:Group-accounts] Issue session tokens (depends on 2.1, 2.2)
  \`run: node actor.js tokens\`
- [ ] 3.1 [P:Group-release] Write the manual (depends on 2.4)
  \`run: node actor.js manual\`
- [ ] 3.2 [P:Group-release] Tell what changed (depends on 2.4)
  \`run: node actor.js news\`
`;
const mostBytes = 250_000;

/** Draws the pictures of the README; they are made on demand, so that every run of the tests leaves them alone. */
const draw = process.env.PARALLEL_GROUPS_SCREENSHOTS === '1' ? describe : undefined;

draw?.('the pictures of the README', () => {
  const vscode = useVscode({
    settings: { 'workbench.colorTheme': themes.dark[0], 'terminal.integrated.fontSize': 12 },
  });

  it('show a run, its end and its panel', async () => {
    const stage = await setStage(vscode, plan);
    const { page } = await vscode.openWorkbench(stage);
    const accounts = await showGroups(page, 'accounts');
    await widenSideBar(page, 110);
    await expand(accounts);
    await page.keyboard.press('Control+P');
    await quickInput(page).fill('tasks.md');
    await chooseQuickPick(page, 'tasks.md');
    await editorTab(page, 'tasks.md').waitFor();
    await pressInlineAction(accounts, 'Run Parallel Group');
    await answerDialog(page, 'accounts wants to run', 'Run');

    await row(page, '2.3', 'running').waitFor();
    await stage.cue('model', 'say Wrote src/user.js', 'say Checking the fields');
    await stage.cue('passwords', 'say Wrote src/password.js', 'say 4 checks passed', 'end 0');
    await stage.cue('form', 'say Wrote src/sign-in.html', 'say Styling the form');
    await row(page, '2.2', 'completed').waitFor();
    await row(page, '2.1', 'running', 'Checking the fields').waitFor();
    await row(page, '2.3', 'running', 'Styling the form').waitFor();
    await rest(page);
    await save(page, 'running');

    await stage.cue('model', 'end 0');
    await stage.cue('form', 'say 2 pages look right', 'end 0');
    await stage.cue('tokens', 'say Wrote src/session.js', 'end 0');
    const end = 'accounts: 4 of 4 tasks proven. 2 tests passed, as before the run.';
    await toast(page, end).waitFor();
    await page.locator('.part.editor .view-line', { hasText: '[x] 2.4' }).waitFor();
    await rest(page);
    await save(page, 'done');

    await answerToast(page, end, 'Show Status');
    const terminals = page.locator('.part.panel');
    await terminals.getByRole('button', { name: /^Hide Panel/ }).click();
    await terminals.waitFor({ state: 'hidden' });
    await panelSection(page, 'Tests').getByText('2 tests passed, as before the run.').waitFor();
    await rest(page);
    await save(page, 'panel');
  }).timeout(180_000);

  it('show a plan in its editor', async () => {
    const wrong = plan.replace('(depends on 2.4)', '(depends on 2.44)');
    const stage = await setStage(vscode, wrong);
    const { page } = await vscode.openWorkbench(stage);
    const accounts = await showGroups(page, 'accounts');
    await widenSideBar(page, 110);
    await expand(accounts);
    await openFile(page, 'tasks.md');
    await lens(page, 'Run group · 4 tasks').click();
    await answerDialog(page, 'accounts wants to run', 'Run');
    await row(page, '2.3', 'running').waitFor();
    await stage.cue('model', 'say Wrote src/user.js', 'end 0');
    await stage.cue('passwords', 'say 4 checks passed', 'end 1');
    await stage.cue('form', 'say Styling the form');
    await lens(page, /Stop · 1 of 4 done · 1 failed/).waitFor();
    await lens(page, 'Styling the form').waitFor();
    const panel = page.locator('.part.panel');
    await panel.getByRole('button', { name: /^Hide Panel/ }).click();
    await panel.waitFor({ state: 'hidden' });
    await editorTab(page, 'tasks.md').click();
    await placeCursor(page, wrong, '[P:Group-rel');
    await runCommand(page, 'Show or Focus Hover');
    await hover(page).getByText('3.1 Write the manual').waitFor();
    await save(page, 'editor');
  }).timeout(180_000);
});

/** Moves the mouse to where it points at nothing, and waits until no tooltip is left. */
async function rest(page: Page): Promise<void> {
  await page.mouse.move(300, 700);
  await page.locator('.monaco-hover:not(.hidden), .workbench-hover').waitFor({ state: 'detached' });
}

async function widenSideBar(page: Page, pixels: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  const edge = box.x + box.width;
  await page.mouse.move(edge, 500);
  await page.mouse.down();
  await page.mouse.move(edge + pixels, 500, { steps: 5 });
  await page.mouse.up();
}

async function save(page: Page, name: string): Promise<void> {
  const file = path.join(repository, 'media', 'screenshots', `${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  assert.ok(size < mostBytes, `${name}.png has ${size} bytes`);
}
