import assert from 'node:assert/strict';
import { lives } from '../support/processes.ts';
import { coordinatorOf } from '../support/vscode/group-lock.ts';
import { RunJournal } from '../support/vscode/journal.ts';
import { setStage, type Stage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu, openContextMenu } from '../support/vscode/verbs/menu.ts';
import { toast } from '../support/vscode/verbs/notice.ts';
import { runCommand } from '../support/vscode/verbs/quick-input.ts';
import { startRun } from '../support/vscode/verbs/start-run.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { expand } from '../support/vscode/verbs/view.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const plan = `# Choir

- [ ] 1.1 [P:Group-choir] Sing
  \`run: node actor.js sing\`
- [ ] 1.2 [P:Group-choir] Hum
  \`run: node actor.js hum\`
- [ ] 1.3 [P:Group-choir] Bow (depends on 1.1)
  \`run: node actor.js bow\`
- [ ] 2.1 [P:Group-crowd] Clap
  \`run: node actor.js clap\`
`;

interface Scene {
  readonly stage: Stage;
  /** The window that runs the group. */
  readonly first: Workbench;
  readonly second: Workbench;
}

describe('a second window on the same folder', function () {
  this.timeout(180_000);
  // A server keeps the terminals of a closed window for a while, so that somebody can come back.
  const vscode = useVscode({ reconnectionGraceSeconds: 120 });

  /** Both windows are open before the run starts in the first one. */
  async function setScene(): Promise<Scene> {
    const stage = await setStage(vscode, plan);
    const first = await vscode.openWorkbench(stage);
    await showGroups(first.page, 'choir');
    const second = await vscode.openWorkbench(stage);
    await showGroups(second.page, 'choir');
    await startRun(first.page, 'choir');
    await eventually('both to be at work', async () => {
      await Promise.all([stage.pids('sing'), stage.pids('hum')]);
      return true;
    });
    return { stage, first, second };
  }

  it('watches the run to its end and starts nothing itself', async () => {
    const { stage, second } = await setScene();
    const { page } = second;
    const choir = row(page, 'choir, group', 'running elsewhere');
    await choir.waitFor();
    await expand(choir);
    await row(page, '1.1 Sing, running').waitFor();
    await stage.cue('sing', 'say la la la');
    await row(page, '1.1 Sing, running', 'la la la').waitFor();

    const menu = await openContextMenu(choir);
    assert.equal(await menu.getByRole('menuitem', { name: 'Run Parallel Group' }).count(), 0);
    await page.keyboard.press('Escape');
    await choir.click();
    await runCommand(page, 'Parallel Groups: Run Parallel Group');
    await toast(
      page,
      /choir is run by VS Code .*: wait until that is over, or stop it\./,
    ).waitFor();
    // The click that selected the group has folded it.
    await expand(choir);

    await stage.cue('sing', 'end 0');
    await row(page, '1.1 Sing, completed').waitFor();
    await row(page, '1.3 Bow, running').waitFor();
    await stage.cue('hum', 'end 0');
    await stage.cue('bow', 'end 0');
    await row(page, 'choir, group, completed').waitFor();
    const journal = await RunJournal.read(stage.folder);
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), { 1.1: 1, 1.2: 1, 1.3: 1 });
  });

  it('stops the run by asking the window that holds it', async () => {
    const { stage, first, second } = await setScene();
    const holder = await coordinatorOf(stage, 'choir');
    await chooseFromContextMenu(row(second.page, 'choir, group', 'running elsewhere'), 'Stop');
    for (const { page } of [first, second]) {
      await row(page, 'choir, group, cancelled').waitFor();
    }
    for (const pid of [...(await stage.pids('sing')), ...(await stage.pids('hum'))]) {
      assert.ok(!(await lives(pid)), `${pid} still lives`);
    }
    assert.ok(await lives(holder), 'the first window lost its extension host');
    assert.deepEqual((await RunJournal.read(stage.folder)).epochs, [1]);
  });

  it('offers to resume what the first window left for good, and takes it up', async () => {
    const { stage, first, second } = await setScene();
    const { page } = second;
    await first.close();
    const choir = row(page, 'choir, group', 'interrupted');
    await choir.waitFor();
    assert.deepEqual((await RunJournal.read(stage.folder)).epochs, [1]);
    await chooseFromContextMenu(choir, 'Resume');
    await row(page, 'choir, group', 'running ').waitFor();
    for (const part of ['sing', 'hum', 'bow']) {
      await stage.cue(part, 'end 0');
    }
    await row(page, 'choir, group, completed').waitFor();
    const journal = await RunJournal.read(stage.folder);
    assert.deepEqual(journal.epochs, [1, 2]);
    assert.deepEqual(journal.starts(), { 1.1: 1, 1.2: 1, 1.3: 1 });
  });
});
