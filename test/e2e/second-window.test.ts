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

/** A group whose tasks are called `<number>.1` and so on, and their actors `sing-<group>` and so on. */
const choir = (group: string, number: number): string => `
- [ ] ${number}.1 [P:Group-${group}] Sing
  \`run: node actor.js sing-${group}\`
- [ ] ${number}.2 [P:Group-${group}] Hum
  \`run: node actor.js hum-${group}\`
- [ ] ${number}.3 [P:Group-${group}] Bow (depends on ${number}.1)
  \`run: node actor.js bow-${group}\`
`;
const plan = `# Choirs
${choir('men', 1)}${choir('women', 2)}${choir('children', 3)}`;

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

  /** Each test runs a group of its own. */
  const windows = vscode.share(async (): Promise<Scene> => {
    const stage = await setStage(vscode, plan);
    const first = await vscode.openWorkbench(stage);
    await showGroups(first.page, 'men');
    const second = await vscode.openWorkbench(stage);
    await showGroups(second.page, 'men');
    return { stage, first, second };
  });

  /** Both windows are open before the run starts in the first one. */
  async function setScene(group: string): Promise<Scene> {
    const scene = await windows();
    await startRun(scene.first.page, group);
    await eventually('both to be at work', async () => {
      const actors = [`sing-${group}`, `hum-${group}`];
      await Promise.all(actors.map((name) => scene.stage.pids(name)));
      return true;
    });
    return scene;
  }

  it('watches the run to its end and starts nothing itself', async () => {
    const { stage, second } = await setScene('men');
    const { page } = second;
    const group = row(page, 'men, group', 'running elsewhere');
    await group.waitFor();
    await expand(group);
    await row(page, '1.1 Sing, running').waitFor();
    await stage.cue('sing-men', 'say la la la');
    await row(page, '1.1 Sing, running', 'la la la').waitFor();

    const menu = await openContextMenu(group);
    assert.equal(await menu.getByRole('menuitem', { name: 'Run Parallel Group' }).count(), 0);
    await page.keyboard.press('Escape');
    await group.click();
    await runCommand(page, 'Parallel Groups: Run Parallel Group');
    await toast(page, /men is run by VS Code .*: wait until that is over, or stop it\./).waitFor();
    // The click that selected the group has folded it.
    await expand(group);

    await stage.cue('sing-men', 'end 0');
    await row(page, '1.1 Sing, completed').waitFor();
    await row(page, '1.3 Bow, running').waitFor();
    await stage.cue('hum-men', 'end 0');
    await stage.cue('bow-men', 'end 0');
    await row(page, 'men, group, completed').waitFor();
    const journal = await RunJournal.read(stage.folder, 'men');
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), { 1.1: 1, 1.2: 1, 1.3: 1 });
  });

  it('stops the run by asking the window that holds it', async () => {
    const { stage, first, second } = await setScene('women');
    const holder = await coordinatorOf(stage, 'women');
    await chooseFromContextMenu(row(second.page, 'women, group', 'running elsewhere'), 'Stop');
    for (const { page } of [first, second]) {
      await row(page, 'women, group, cancelled').waitFor();
    }
    for (const pid of [...(await stage.pids('sing-women')), ...(await stage.pids('hum-women'))]) {
      assert.ok(!(await lives(pid)), `${pid} still lives`);
    }
    assert.ok(await lives(holder), 'the first window lost its extension host');
    assert.deepEqual((await RunJournal.read(stage.folder, 'women')).epochs, [1]);
  });

  it('offers to resume what the first window left for good, and takes it up', async () => {
    const { stage, first, second } = await setScene('children');
    const { page } = second;
    await first.close();
    const group = row(page, 'children, group', 'interrupted');
    await group.waitFor();
    assert.deepEqual((await RunJournal.read(stage.folder, 'children')).epochs, [1]);
    await chooseFromContextMenu(group, 'Resume');
    await row(page, 'children, group', 'running ').waitFor();
    for (const part of ['sing', 'hum', 'bow']) {
      await stage.cue(`${part}-children`, 'end 0');
    }
    await row(page, 'children, group, completed').waitFor();
    const journal = await RunJournal.read(stage.folder, 'children');
    assert.deepEqual(journal.epochs, [1, 2]);
    assert.deepEqual(journal.starts(), { 3.1: 1, 3.2: 1, 3.3: 1 });
  });
});
