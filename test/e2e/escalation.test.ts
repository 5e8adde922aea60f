import assert from 'node:assert/strict';
import { FAKE_AGENT } from '../support/attempts.ts';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { answerDialog, answerToast, toast } from '../support/vscode/verbs/notice.ts';
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
    // Both at once, or the first alone where the second takes noticeably longer to fail.
    const told = /(2 tasks need|1\.\d needs) you: .*401/;
    await toast(page, told).waitFor();
    await window.screenshot('needs a person');
    await row(page, '1.1', 'failed').waitFor();
    await row(page, '1.2', 'failed').waitFor();
    assert.equal(await page.locator('.notification-toast', { hasText: /needs? you/ }).count(), 1);

    await page.locator('.part.sidebar .pane-header', { hasText: 'Agents' }).click();
    await row(page, 'guard', 'not signed in').waitFor();
    await window.screenshot('agents that need a person');

    await stage.write('signed-in', '');
    await answerToast(page, told, 'Retry');
    await row(page, 'dock, group, completed').waitFor();
    await row(page, 'guard', 'available').waitFor();
  });
});
