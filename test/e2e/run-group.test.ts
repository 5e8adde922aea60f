import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { waitForTerminal, waitForTerminalText } from '../support/vscode/verbs/terminal.ts';
import { row, runningBadge, showGroups } from '../support/vscode/verbs/tree.ts';

const plan = `# Shop

- [ ] 1.1 [P:Group-api] Write the endpoints
  \`run: node actor.js endpoints\`
- [ ] 1.2 [P:Group-api] Write the queries
  \`run: node actor.js queries\`
- [ ] 1.3 [P:Group-api] Join both (depends on 1.1, 1.2)
  \`run: node actor.js joined\`
- [ ] 2.1 [P:Group-web] Show the shop (depends on 1.3)
  \`run: node actor.js shop\`
`;

describe('running a group', () => {
  const vscode = useVscode();

  it('goes from a right click to ticked boxes, and frees the group that waited for it', async () => {
    const stage = await setStage(vscode, plan);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    const api = await showGroups(page, 'api');
    await row(page, 'web, group, blocked, 1 task · 1 blocked').waitFor();

    await chooseFromContextMenu(api, 'Run Parallel Group');
    const said = await answerDialog(page, 'api wants to run 4 commands', 'Run');
    for (const command of ['endpoints', 'queries', 'joined']) {
      assert.ok(said.includes(`node actor.js ${command}`), said);
    }
    assert.ok(said.includes('npm test'), said);
    assert.ok(!said.includes('node actor.js shop'), said);

    // The group unfolds by itself.
    await row(page, '1.1 Write the endpoints, running').waitFor();
    await row(page, '1.2 Write the queries, running').waitFor();
    await row(page, '1.3 Join both, waiting, waits for 1.1, 1.2').waitFor();
    await row(page, 'api, group, running, 0/3 · running').waitFor();
    await runningBadge(page, 2).waitFor();

    await stage.cue('endpoints', 'say Adding GET /products');
    await row(page, '1.1', 'running', 'Adding GET /products').waitFor();
    await window.screenshot('tree running');
    await stage.cue('endpoints', 'end 0');
    await row(page, '1.1 Write the endpoints, completed').waitFor();
    await row(page, 'api, group, running, 1/3').waitFor();
    await runningBadge(page, 1).waitFor();
    await row(page, '1.3', 'waits for 1.2').waitFor();

    await stage.cue('queries', 'say SELECT name FROM products', 'end 0');
    await row(page, '1.3 Join both, running').waitFor();
    await stage.cue('joined', 'say Both fit together', 'end 0');
    await toast(page, 'api: 3 of 3 tasks proven. 2 tests passed, as before the run.').waitFor();
    await row(page, 'api, group, completed, 3/3 · passed · 2 tests').waitFor();
    await runningBadge(page, 1).waitFor({ state: 'detached' });
    await window.screenshot('tree completed');

    const outputs = [
      ['1.1 Write the endpoints', 'Adding GET /products'],
      ['1.2 Write the queries', 'SELECT name FROM products'],
      ['1.3 Join both', 'Both fit together'],
      ['Context refresh', '## Tasks of api'],
      ['Tests before', '# pass 2'],
      ['Tests npm', '# pass 2'],
    ] as const;
    for (const [name, text] of outputs) {
      await (await waitForTerminal(page, name)).click();
      await waitForTerminalText(page, text);
      await window.screenshot(`terminal ${name}`);
    }

    await eventually('the boxes of the group to be ticked', async () => {
      const boxes = (await readFile(stage.file('tasks.md'), 'utf8')).match(/\[[ x]\] \d\.\d/g);
      return boxes?.join() === '[x] 1.1,[x] 1.2,[x] 1.3,[ ] 2.1';
    });

    const web = row(page, 'web, group, pending, 1 task');
    await chooseFromContextMenu(web, 'Run Parallel Group');
    await answerDialog(page, 'web wants to run 1 command', 'Run');
    await row(page, '2.1 Show the shop, running').waitFor();
    await stage.cue('shop', 'end 0');
    await row(page, 'web, group, completed, 1/1').waitFor();
  });
});
