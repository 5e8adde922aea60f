import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';

const ids = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;
const plan = ids.map((id) => `- [ ] ${id} [P:Group-api] Write part ${id}\n`).join('');
const config = {
  agent: 'unsteady',
  maxConcurrent: 1,
  maxRetries: 0,
  breaker: { cooldownSeconds: 8 },
  agents: { unsteady: { command: ['node', 'actor.js', '{taskId}'], stdin: 'closed' } },
};

describe('an agent that fails', () => {
  const vscode = useVscode();

  it('is left alone after three tasks, tried once when its time is over, and trusted again', async () => {
    const files = { 'parallel-groups.json': JSON.stringify(config) };
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await chooseFromContextMenu(await showGroups(page, 'api'), 'Run Parallel Group');
    await answerDialog(page, 'api wants to run', 'Run');

    for (const id of ['T1', 'T2', 'T3']) {
      await row(page, `${id} Write part ${id}, running`).waitFor();
      await stage.cue(id, 'end 3');
      await row(page, `${id} Write part ${id}, failed`).waitFor();
    }
    await page.locator('.part.sidebar .pane-header', { hasText: /^Agents/i }).click();
    await row(page, 'unsteady, agent, breaker open').waitFor();
    await row(page, 'T4 Write part T4, queued').waitFor();
    await window.screenshot('breaker open');

    await row(page, 'T4 Write part T4, running').waitFor();
    await stage.cue('T4', 'write four.txt', 'end 0');
    await row(page, 'T4 Write part T4, completed').waitFor();
    await row(page, 'T5 Write part T5, running').waitFor();
    await stage.cue('T5', 'write five.txt', 'end 0');
    await toast(page, 'api: 2 of 5 tasks proven, 3 failed.').waitFor();
    await row(page, 'unsteady, agent, available').waitFor();
  });
});
