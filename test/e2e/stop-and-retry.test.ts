import assert from 'node:assert/strict';
import { lives } from '../support/processes.ts';
import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { answerDialog, answerToast, toast } from '../support/vscode/verbs/notice.ts';
import { panelRow } from '../support/vscode/verbs/status-panel.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { pressInlineAction } from '../support/vscode/verbs/view.ts';

const plan = `# Harbour

- [ ] 1.1 [P:Group-dock] Fill the basin
  \`run: node actor.js basin "end 0"\`
- [ ] 1.2 [P:Group-dock] Paint the crane
  \`run: node actor.js crane leave "say Red paint on the jib"\`
- [ ] 1.3 [P:Group-dock] Load the ship
  \`run: node actor.js ship\`
- [ ] 1.4 [P:Group-dock] Cast off (depends on 1.3)
  \`run: node actor.js rope "end 0"\`
`;

describe('stopping a group and retrying it', () => {
  const vscode = useVscode();

  it('ends every process of what runs, and then runs only what failed', async () => {
    const stage = await setStage(vscode, plan);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    const dock = await showGroups(page, 'dock');
    await pressInlineAction(dock, 'Run Parallel Group');
    await answerDialog(page, 'dock wants to run', 'Run');

    await row(page, '1.1 Fill the basin, completed').waitFor();
    await row(page, '1.3 Load the ship, running').waitFor();
    await stage.cue('ship', 'warn The hold is full', 'end 3');
    const reason = row(page, '1.3 Load the ship, failed', 'code 3');
    await reason.waitFor();
    await row(page, '1.4 Cast off, blocked, blocked by 1.3 (failed)').waitFor();
    await window.screenshot('tree after a failure');

    await row(page, '1.2 Paint the crane, running', 'Red paint').waitFor();
    const crane = await stage.pids('crane');
    assert.equal((await living(crane)).length, 2);
    await pressInlineAction(dock, 'Stop');
    await row(page, '1.2 Paint the crane, cancelled, stopped').waitFor();
    assert.deepEqual(await living(crane), []);
    const end = 'dock: 1 of 4 tasks proven, 1 failed, 2 stopped.';
    await toast(page, end).waitFor();
    await window.screenshot('tree after a stop');

    // What failed says why in the panel too.
    await answerToast(page, end, 'Show Status');
    await panelRow(page, '1.3').getByText('code 3').waitFor();
    await panelRow(page, '1.2').getByText('Cancelled').waitFor();
    await window.screenshot('panel after a stop');

    await pressInlineAction(row(page, 'dock, group, failed'), 'Retry Failed');
    await row(page, '1.2 Paint the crane, running').waitFor();
    await row(page, '1.3 Load the ship, running').waitFor();
    await stage.cue('ship', 'end 0');
    await stage.cue('crane', 'end 0');
    await row(page, 'dock, group, completed, 4/4').waitFor();
    await toast(page, 'dock: 4 of 4 tasks proven.').waitFor();
    const starts = async (name: string): Promise<number> => (await stage.pids(name)).length;
    assert.equal(await starts('basin'), 1);
    assert.equal(await starts('ship'), 2);
    assert.equal(await starts('rope'), 1);
    await eventually('what the second crane left to be ended too', async () => {
      return (await living(await stage.pids('crane'))).length === 0;
    });
  });
});

async function living(pids: readonly number[]): Promise<readonly number[]> {
  const known = await Promise.all(pids.map(async (pid) => [pid, await lives(pid)] as const));
  return known.filter(([, isAlive]) => isAlive).map(([pid]) => pid);
}
