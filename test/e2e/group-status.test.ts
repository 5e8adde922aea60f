import assert from 'node:assert/strict';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { answerDialog, dialog } from '../support/vscode/verbs/notice.ts';
import {
  pressQuickPickButton,
  quickInput,
  quickPickItems,
  runCommand,
} from '../support/vscode/verbs/quick-input.ts';
import { statusPanel } from '../support/vscode/verbs/status-panel.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';

const plan = `# Shop

- [x] 1.1 [P:Group-api] Write the endpoints
- [ ] 1.2 [P:Group-api] Write the queries
  \`run: node actor.js queries\`
- [ ] 1.3 [P:Group-api] Join both (depends on 1.1, 1.2)
  \`run: node actor.js joined "end 0"\`
- [ ] 2.1 [P:Group-web] Show the shop (depends on 1.3)
  \`run: node actor.js shop\`
`;
/** Listed after the groups above. */
const zoo = `# Zoo

- [ ] 1.2 [P:Group-zoo] Feed the seals
  \`run: node actor.js seals\`
- [ ] 1.3 [P:Group-zoo] Sweep (depends on 1.2)
  \`run: node actor.js sweep "end 0"\`
`;
const command = 'Parallel Groups: Group Status';

describe('Group Status', () => {
  const vscode = useVscode();
  const open = vscode.share(async () => {
    const stage = await setStage(vscode, plan, { 'zoo.tasks.md': zoo });
    return { stage, window: await vscode.openWorkbench(stage) };
  });

  it('tells the facts of a group and runs it, with the keyboard alone', async () => {
    const { stage, window } = await open();
    const { page } = window;
    await showGroups(page, 'api');

    await runCommand(page, command);
    await quickPickItems(page).filter({ hasText: 'api' }).waitFor();
    const groups = await quickPickItems(page).allInnerTexts();
    assert.match(groups[0] ?? '', /api\s*1\/3\s+tasks\.md/);
    assert.match(groups[1] ?? '', /web\s*1 task · 1 blocked\s+tasks\.md/);
    await window.screenshot('group status');

    await page.keyboard.type('ap');
    await page.keyboard.press('Enter');
    await quickPickItems(page).filter({ hasText: 'Run Parallel Group' }).waitFor();
    const facts = await quickPickItems(page).allInnerTexts();
    const said = [
      /Run Parallel Group/,
      /Show Status Panel/,
      /1\.1 Write the endpoints\s*done/,
      /1\.2 Write the queries/,
      /1\.3 Join both\s*waits for 1\.2/,
    ];
    assert.equal(facts.length, said.length, facts.join('\n'));
    for (const [place, pattern] of said.entries()) {
      assert.match(facts[place] ?? '', pattern);
    }
    assert.equal(await quickInput(page).getAttribute('placeholder'), '1/3');
    await window.screenshot('group status of one');

    await page.keyboard.type('Run');
    await page.keyboard.press('Enter');
    await dialog(page).filter({ hasText: 'api wants to run 3 commands' }).waitFor();
    await page.keyboard.press('Enter');
    await row(page, '1.2 Write the queries, running').waitFor();

    await runCommand(page, command);
    await quickPickItems(page).filter({ hasText: 'running' }).waitFor();
    await page.keyboard.press('Enter');
    await quickPickItems(page).filter({ hasText: 'Stop' }).waitFor();
    await page.keyboard.type('Show Status Panel');
    await page.keyboard.press('Enter');
    await statusPanel(page).getByRole('heading', { level: 1, name: 'api' }).waitFor();
    await stage.cue('queries', 'end 0');
    await row(page, 'api, group, completed, 3/3').waitFor();
  });

  it('runs, stops and retries a group from the buttons of its row', async () => {
    const { stage, window } = await open();
    const { page } = window;
    await showGroups(page, 'zoo');

    await runCommand(page, command);
    await pressQuickPickButton(page, 'zoo', 'Run Parallel Group');
    await answerDialog(page, 'zoo wants to run', 'Run');
    await row(page, '1.2 Feed the seals, running').waitFor();

    await runCommand(page, command);
    await pressQuickPickButton(page, 'zoo', 'Stop');
    await row(page, '1.2 Feed the seals, cancelled, stopped').waitFor();

    await runCommand(page, command);
    await pressQuickPickButton(page, 'zoo', 'Retry Failed');
    await row(page, '1.2 Feed the seals, running').waitFor();
    await stage.cue('seals', 'end 0');
    await row(page, 'zoo, group, completed, 2/2').waitFor();
  });
});
