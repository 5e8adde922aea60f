import assert from 'node:assert/strict';
import { FAKE_AGENT } from '../support/attempts.ts';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { answerDialog, answerToast, toast } from '../support/vscode/verbs/notice.ts';
import { chooseTheme } from '../support/vscode/verbs/theme.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { pressInlineAction } from '../support/vscode/verbs/view.ts';

const plan = `# Harbour

- [ ] 1.1 [P:Group-dock] Fill the basin
- [ ] 1.2 [P:Group-dock] Paint the crane
`;
/** Signed in once there is a file that says so. */
const agent = `import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
const steps = existsSync('signed-in') ? ['init', 'edit=a.txt', 'ok'] : ['init', 'error=401', 'exit=1'];
const { status } = spawnSync(process.execPath, [${JSON.stringify(FAKE_AGENT)}, ...steps], { stdio: 'inherit' });
process.exitCode = status ?? 1;
`;

describe('what only a person can mend', () => {
  const vscode = useVscode();

  it('is told once for all tasks, seen in the Agents view, and tried again from the notification', async () => {
    const stage = await setStage(vscode, plan);
    await stage.write('agent.mjs', agent);
    const agents = { guard: { command: ['node', 'agent.mjs'], events: 'claude' } };
    await stage.write('parallel-groups.json', JSON.stringify({ agent: 'guard', agents }));
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await pressInlineAction(await showGroups(page, 'dock'), 'Run Parallel Group');
    await answerDialog(page, 'dock wants to run', 'Run');
    const told = toast(page, /2 tasks need you: .*401/);
    await told.waitFor();
    await window.screenshot('needs a person');
    assert.equal(await page.locator('.notification-toast', { hasText: 'need you' }).count(), 1);

    await page.locator('.part.sidebar .pane-header', { hasText: 'Agents' }).click();
    await row(page, 'guard', 'not signed in').waitFor();
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await chooseTheme(page, stage, theme);
      await window.screenshot(`agents ${theme}`);
    }

    await stage.write('signed-in', '');
    await answerToast(page, /2 tasks need you/, 'Retry');
    await row(page, 'dock, group, completed').waitFor();
    await row(page, 'guard', 'available').waitFor();
  });
});
