import assert from 'node:assert/strict';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { answerDialog, answerToast, toast } from '../support/vscode/verbs/notice.ts';
import {
  chooseQuickPick,
  quickPickItems,
  runCommand,
} from '../support/vscode/verbs/quick-input.ts';
import { panelSection } from '../support/vscode/verbs/status-panel.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';

const plan = `# Shop

- [ ] 1.1 [P:Group-api] Write the endpoints
  \`run: node actor.js endpoints\`
- [ ] 1.2 [P:Group-web] Show the shop
  \`run: node actor.js shop\`
- [ ] 2.1 [P:Group-watch] [Subagent: watcher] Watch the shop
  \`run: node actor.js watch\`
`;

const config = {
  subagents: { watcher: { type: 'monitor' } },
  workflows: {
    release: {
      stages: [
        { id: 'development', types: ['coding'], gate: { requiredSuccessRate: 0.5 } },
        { id: 'devops', types: ['deploying'] },
        { id: 'monitoring', types: ['monitor'] },
      ],
    },
  },
};

describe('running a workflow', () => {
  const vscode = useVscode();

  it('goes through its stages, skips one without tasks, goes back once, and tells it in panel and notification', async () => {
    const files = { 'parallel-groups.json': JSON.stringify(config) };
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await showGroups(page, 'api');
    await runCommand(page, 'Parallel Groups: Run Workflow…');
    const offered = quickPickItems(page).filter({ hasText: 'release' });
    const words = await offered.first().innerText();
    assert.match(words, /development \(2 tasks\) → devops \(0 tasks\) → monitoring \(1 task\)/);
    await chooseQuickPick(page, 'release');
    for (const group of ['api', 'web', 'watch']) {
      await answerDialog(page, `${group} wants to run`, 'Run');
    }

    await row(page, '1.1 Write the endpoints, running').waitFor();
    await toast(page, 'Workflow release: development').waitFor();
    await runCommand(page, 'Parallel Groups: Show Status Panel');
    const section = panelSection(page, 'Workflow release');
    await section.getByText('development running').waitFor();
    await section.getByText('gate: 50 % wanted').waitFor();
    await stage.cue('endpoints', 'end 0');
    await stage.cue('shop', 'end 1');
    await section.getByText('development completed · 1 of 2 tasks, 1 failed').waitFor();
    await section.getByText('gate: 50 % wanted, 50 % reached, open').waitFor();
    await section.getByText('devops skipped').waitFor();
    await window.screenshot('workflow in the panel');

    await stage.cue('watch', 'say The shop is down', 'end 1');
    await section.getByText('development running, loop 1').waitFor();
    await row(page, '1.2 Show the shop, running').waitFor();
    await stage.cue('shop', 'end 0');
    await section.getByText('development completed, loop 1 · 2 of 2 tasks').waitFor();
    await stage.cue('watch', 'end 0');
    const end = 'release: 2 of 3 stages completed, 1 skipped, 1 feedback loop.';
    await answerToast(page, end, 'Show Status');
    await section.getByText('monitoring completed, loop 1 · 1 of 1 task').waitFor();
    await window.screenshot('workflow completed');
  });

  it('is gone on with by a later window, once a person says so', async () => {
    const files = { 'parallel-groups.json': JSON.stringify(config) };
    const stage = await setStage(vscode, plan, files);
    const first = await vscode.openWorkbench(stage);
    await showGroups(first.page, 'api');
    await runCommand(first.page, 'Parallel Groups: Run Workflow…');
    await chooseQuickPick(first.page, 'release');
    for (const group of ['api', 'web', 'watch']) {
      await answerDialog(first.page, `${group} wants to run`, 'Run');
    }
    await row(first.page, '1.1 Write the endpoints, running').waitFor();
    await stage.cue('endpoints', 'end 0');
    await row(first.page, '1.2 Show the shop, running').waitFor();
    await first.close();

    const { page } = await vscode.openWorkbench(stage);
    await showGroups(page, 'api');
    await answerToast(page, /workflow release was interrupted at/, 'Resume');
    await row(page, '1.2 Show the shop, running').waitFor();
    await stage.cue('shop', 'end 0');
    await row(page, '2.1 Watch the shop, running').waitFor();
    await stage.cue('watch', 'end 0');
    const end = 'release: 2 of 3 stages completed, 1 skipped.';
    await answerToast(page, end, 'Show Status');
    // What was done before the first window closed was not done again.
    assert.equal((await stage.pids('endpoints')).length, 1);
  });
});
