import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { lives } from '../support/processes.ts';
import { coordinatorOf, released } from '../support/vscode/group-lock.ts';
import { RunJournal } from '../support/vscode/journal.ts';
import { setStage, type Stage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { quickInput } from '../support/vscode/verbs/quick-input.ts';
import { startRun, waitForRunning } from '../support/vscode/verbs/start-run.ts';
import { statusPanel } from '../support/vscode/verbs/status-panel.ts';
import { waitForTerminal, waitForTerminalText } from '../support/vscode/verbs/terminal.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { expand, openViewContainer } from '../support/vscode/verbs/view.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const plan = `# Trip

- [ ] 1.1 [P:Group-trip] Pack the bags
  \`run: node actor.js bags\`
- [ ] 1.2 [P:Group-trip] Book the train
  \`run: node actor.js train\`
- [ ] 1.3 [P:Group-trip] Water the plants
  \`run: node actor.js plants\`
- [ ] 1.4 [P:Group-trip] Lock the door (depends on 1.1)
  \`run: node actor.js door\`
- [ ] 2.1 [P:Group-rest] Sleep
  \`run: node actor.js sleep\`
`;
const files = { 'parallel-groups.json': JSON.stringify({ maxConcurrent: 2 }) };
const parts = ['bags', 'train', 'plants', 'door'];
/** VS Code writes down which terminals there are half a second after they change, and nothing shows when it did. */
const terminalsWrittenDownMs = 2_000;
const once = { 1.1: 1, 1.2: 1, 1.3: 1, 1.4: 1 };

describe('a window that is lost in the middle of a run', function () {
  this.timeout(180_000);
  // As in a real VS Code, a slow reload must not cost the terminals.
  const vscode = useVscode({ reconnectionGraceSeconds: 120 });

  it('is reloaded, counts what ended meanwhile, and goes on with the same processes', async () => {
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await startRun(page, 'trip');
    const [, train] = await atWork(stage);
    await row(page, '1.3 Water the plants, queued').waitFor();
    await expand(row(page, 'rest, group'));
    await waitForTerminal(page, '1.2 Book the train');
    await delay(terminalsWrittenDownMs);

    await reloadWhile(window, async () => {
      await released(stage, 'trip', 1);
      await stage.cue('bags', 'end 0');
      await ended(await stage.pids('bags'));
    });

    await row(page, '1.1 Pack the bags, completed').waitFor();
    await waitForRunning(page, '1.2', '1.3');
    await row(page, '2.1 Sleep, pending').waitFor();
    const middle = await RunJournal.read(stage.folder);
    assert.deepEqual(middle.epochs, [1, 2]);
    assert.equal(middle.runnerOf('1.2'), train);
    assert.ok(await lives(train), 'the runner of 1.2 did not survive the reload');

    await showTerminalOf(page, '1.3 Water the plants');
    await waitForTerminal(page, '1.2 Book the train');
    await showTerminalOf(page, '1.2 Book the train');

    await finish(window, stage, ['train', 'plants', 'door']);
  });

  it('is killed with its extension host, and starts nothing twice', async () => {
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await startRun(page, 'trip');
    const runners = await atWork(stage);
    process.kill(await coordinatorOf(stage, 'trip'), 'SIGKILL');

    await eventually('the run to be taken up', () => isTakenUp(stage), 60_000);
    await waitForRunning(page, '1.1', '1.2');
    for (const pid of runners) {
      assert.ok(await lives(pid), `${pid} did not survive`);
    }
    await finish(window, stage, parts);
  });

  it('shows the status panel again, on the group that it showed', async () => {
    const stage = await setStage(vscode, plan, files);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    const rest = await showGroups(page, 'rest');
    await chooseFromContextMenu(rest, 'Show Status Panel');
    await panelTitle(page, 'rest').waitFor();
    // Nothing but the panel itself asks for the extension now.
    await openViewContainer(page, 'Explorer');
    await window.reload();
    await panelTitle(page, 'rest').waitFor();
  });
});

type Page = Workbench['page'];

/** Reloads the window; the new one gets no further than its first script before `away` is over. */
async function reloadWhile(window: Workbench, away: () => Promise<void>): Promise<void> {
  let over: Promise<void> | undefined;
  await window.page.route(/\.js(\?|$)/, async (route) => {
    over ??= away();
    // The failure is reported below.
    await over.catch(() => undefined);
    await route.continue();
  });
  await window.reload();
  await over;
  await window.page.unrouteAll();
}

/** Waits until both first tasks are at work; returns the processes of their runners. */
function atWork(stage: Stage): Promise<readonly [number, number]> {
  const look = async (): Promise<readonly [number, number]> => {
    await Promise.all([stage.pids('bags'), stage.pids('train')]);
    const journal = await RunJournal.read(stage.folder);
    return [journal.runnerOf('1.1'), journal.runnerOf('1.2')];
  };
  return eventually('1.1 and 1.2 to be at work', look, 60_000);
}

async function showTerminalOf(page: Page, task: string): Promise<void> {
  const show = async (): Promise<true> => {
    // A row that is redrawn while its menu is open has lost its task, and the command asks for one.
    if (await quickInput(page).isVisible()) {
      await page.keyboard.press('Escape');
    }
    await chooseFromContextMenu(row(page, task), 'Show Terminal');
    await waitForTerminalText(page, task, 5000);
    return true;
  };
  await eventually(`the terminal of ${task}`, show, 60_000);
}

async function finish({ page }: Workbench, stage: Stage, left: readonly string[]): Promise<void> {
  for (const part of left) {
    await stage.cue(part, 'end 0');
  }
  await row(page, 'trip, group, completed').waitFor({ timeout: 60_000 });
  const journal = await RunJournal.read(stage.folder);
  assert.deepEqual(journal.starts(), once);
  assert.deepEqual(journal.all('run.ended'), [
    { type: 'run.ended', status: 'completed', exitCode: 0 },
  ]);
  for (const part of parts) {
    assert.equal((await stage.pids(part)).length, 1, part);
  }
  const text = await readFile(stage.file('tasks.md'), 'utf8');
  assert.equal(text.split('- [x] 1.').length - 1, 4, text);
}

async function ended(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    await eventually(`process ${pid} to end`, async () => !(await lives(pid)), 30_000);
  }
}

async function isTakenUp(stage: Stage): Promise<boolean> {
  return (await RunJournal.read(stage.folder)).epochs.length === 2;
}

function panelTitle(page: Page, title: string): ReturnType<Page['locator']> {
  return statusPanel(page).getByRole('heading', { level: 1, name: title, exact: true });
}
