import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { listRunDirectories } from '../../src/store/directories/run-directory.ts';
import { setStage, type Stage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { openContextMenu } from '../support/vscode/verbs/menu.ts';
import { editorLine, lens, openFile } from '../support/vscode/verbs/plan-editor.ts';
import { quickInput, quickPickItems } from '../support/vscode/verbs/quick-input.ts';
import { startRun } from '../support/vscode/verbs/start-run.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { restrictedMode, trustWorkspace } from '../support/vscode/verbs/trust.ts';
import { expand } from '../support/vscode/verbs/view.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const plan = `# Vault

- [ ] 1.1 [P:Group-vault] Open the vault
  \`run: node actor.js open\`
- [ ] 1.2 [P:Group-vault] Count the gold
  \`run: node actor.js count\`
`;
const sentence = 'This folder is in Restricted Mode: plans are shown, nothing runs.';
/** What runs, resumes or retries something. */
const running = ['Run Parallel Group', 'Run All Groups', 'Run Workflow', 'Retry Failed', 'Resume'];

describe('a folder that nobody has trusted', function () {
  this.timeout(180_000);
  const vscode = useVscode({ workspaceTrust: true });

  it('is readable, runs nothing and says why; trusted, it runs', async () => {
    const stage = await setStage(vscode, plan);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    await restrictedMode(page).waitFor();
    const vault = await showGroups(page, 'vault');
    await page.locator('.part.sidebar').getByText(sentence).waitFor();
    await expand(vault);
    await row(page, '1.2 Count the gold, pending').waitFor();
    await offersNothing(window);
    await openFile(page, 'tasks.md');
    await editorLine(page, '1.1').waitFor();
    assert.equal(await lens(page, 'Run group').count(), 0);
    nothingHappened(stage);

    await trustWorkspace(page);
    await lens(page, 'Run group · 2 tasks').waitFor();
    await page.locator('.part.sidebar').getByText(sentence).waitFor({ state: 'hidden' });
    nothingHappened(stage);
    await startRun(page, 'vault');
    for (const name of ['open', 'count']) {
      await stage.cue(name, 'end 0');
    }
    await row(page, 'vault, group, completed').waitFor();
  });

  it('can bring a run that is not over: it is never resumed, trusted or not', async () => {
    const original = await setStage(vscode, plan);
    const origin = await vscode.openWorkbench(original);
    await trustWorkspace(origin.page);
    await startRun(origin.page, 'vault');
    await eventually('1.1 and 1.2 to be at work', async () => {
      await Promise.all([original.pids('open'), original.pids('count')]);
      return true;
    });
    await origin.close();
    await eventually('the run to be free', () => isFree(original));

    const copy = await vscode.createWorkspace({ from: original.folder, git: false });
    const before = await everything(copy.file('.parallel-groups'));
    const window = await vscode.openWorkbench(copy);
    const { page } = window;
    await restrictedMode(page).waitFor();
    await showGroups(page, 'vault');
    await row(page, 'vault, group, pending, 2 tasks').waitFor();
    await offersNothing(window);
    assert.deepEqual(await everything(copy.file('.parallel-groups')), before);

    await trustWorkspace(page);
    await startRun(page, 'vault');
    await row(page, '1.1 Open the vault, running').waitFor();
    for (const name of ['open', 'count']) {
      await appendFile(copy.file(`.cues/${name}`), 'end 0\n');
    }
    await row(page, 'vault, group, completed').waitFor();
    const [old, own] = await listRunDirectories(copy.folder);
    assert.ok(old !== undefined && own !== undefined);
    assert.deepEqual(journals(await readdir(old)), ['journal.1.jsonl']);
    assert.deepEqual(journals(await readdir(own)), ['journal.2.jsonl']);
    // One line of the original, and one of its own.
    const pids = await readFile(copy.file('.cues/open.pids'), 'utf8');
    assert.equal(pids.trim().split('\n').length, 2);
  });
});

/** Neither the context menu nor the palette has anything that would start a process. */
async function offersNothing({ page }: Workbench): Promise<void> {
  const menu = await openContextMenu(row(page, 'vault, group'));
  for (const name of running) {
    assert.equal(await menu.getByRole('menuitem', { name }).count(), 0, name);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await quickInput(page).fill('>Parallel Groups:');
  await quickPickItems(page).filter({ hasText: 'Parallel Groups: Refresh' }).waitFor();
  for (const name of running) {
    const command = quickPickItems(page).filter({ hasText: `Parallel Groups: ${name}` });
    assert.equal(await command.count(), 0, name);
  }
  await page.keyboard.press('Escape');
}

function nothingHappened(stage: Stage): void {
  for (const name of ['.parallel-groups', '.cues']) {
    assert.ok(!existsSync(stage.file(name)), `${name} was created`);
  }
}

async function everything(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

function journals(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith('journal.'));
}

async function isFree(stage: Stage): Promise<boolean> {
  return (await readdir(stage.file('.parallel-groups/groups/vault/lock'))).includes('1.released');
}
