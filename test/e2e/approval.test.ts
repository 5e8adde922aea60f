import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setStage, type Stage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, dialog } from '../support/vscode/verbs/notice.ts';
import { chooseQuickPick, quickPickItems } from '../support/vscode/verbs/quick-input.ts';
import { askToRun, startRun } from '../support/vscode/verbs/start-run.ts';
import { row } from '../support/vscode/verbs/tree.ts';

const plan = `# Kitchen

- [ ] 1.1 [P:Group-soup] Peel
  \`run: node actor.js peel "end 0"\`
- [ ] 1.2 [P:Group-soup] Boil
  \`run: node actor.js boil "end 1"\`
`;

const traps = {
  bidi: 'echo \u202e tixe \u2066; node actor.js bidi',
  lines: 'echo harmless\n\n\n\n\n\n\n\n\n\n\rnode actor.js lines',
};

describe('the approval of commands', function () {
  this.timeout(180_000);
  const vscode = useVscode();
  const kitchen = vscode.share(async () => {
    const stage = await setStage(vscode, plan, {
      'traps.tasks.json': tasksOf('traps', traps),
      'long.tasks.json': tasksOf('long', {
        run: `echo ${'x'.repeat(20_000)}; node actor.js end "end 0"`,
      }),
    });
    const { page } = await vscode.openWorkbench(stage);
    return { stage, page };
  });

  it('shows every command in full, and starts nothing where it is refused', async () => {
    const { stage, page } = await kitchen();
    await askToRun(page, 'soup');
    const said = await answerDialog(page, 'soup wants to run 3 commands', 'Cancel');
    assert.match(said, /for the first time/);
    for (const command of [
      'node actor.js peel "end 0"',
      'node actor.js boil "end 1"',
      'npm test',
    ]) {
      assert.ok(said.includes(command), said);
    }
    nothingStarted(stage);

    await askToRun(page, 'soup');
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await row(page, 'soup, group, pending').waitFor();
    nothingStarted(stage);
  });

  it('lets no command hide a part of itself', async () => {
    const { stage, page } = await kitchen();
    await askToRun(page, 'traps');
    const said = await answerDialog(page, 'traps wants to run 3 commands', 'Cancel');
    assert.ok(said.includes('echo \\u{202e} tixe \\u{2066}; node actor.js bidi'), said);
    assert.ok(said.includes('echo harmless\\n\\n'), said);
    assert.ok(said.includes('\\n\\rnode actor.js lines'), said);
    nothingStarted(stage);
  });

  it('lets what is too long for a dialog be read to its end first', async () => {
    const { stage, page } = await kitchen();
    await askToRun(page, 'long');
    await answerDialog(page, 'long wants to run 2 commands', 'Read Commands');
    await quickPickItems(page).filter({ hasText: 'Run' }).waitFor();
    nothingStarted(stage);
    const editor = page.locator('.part.editor .monaco-editor');
    await editor.click();
    await page.keyboard.press('Control+End');
    // An editor draws blanks of its own kind.
    await editor.getByText(/"end.0"/).waitFor();
    await editor.getByText(/tests.\(workspace\):.npm.test/).waitFor();
    await chooseQuickPick(page, 'Run');
    await row(page, 'long, group, completed').waitFor();
  });

  it('is given once, outside of the workspace, until a command changes', async () => {
    const { stage, page } = await kitchen();
    await startRun(page, 'soup');
    await row(page, 'soup, group, failed').waitFor();
    await chooseFromContextMenu(row(page, 'soup, group'), 'Retry Failed');
    await row(page, 'soup, group', 'running').waitFor();
    await row(page, 'soup, group, failed').waitFor();
    assert.equal((await stage.pids('boil')).length, 2);
    assert.equal(await dialog(page).count(), 0);
    await isInUserStorage(stage, vscode.server.home);

    const text = await readFile(stage.file('tasks.md'), 'utf8');
    await writeFile(stage.file('tasks.md'), text.replace('boil "end 1"', 'boil "say hot" "end 0"'));
    await chooseFromContextMenu(row(page, 'soup, group'), 'Retry Failed');
    const said = await answerDialog(page, 'changed since you approved', 'Show diff since approval');
    assert.ok(said.includes('node actor.js boil "say hot" "end 0"'), said);
    assert.ok(!said.includes('peel'), said);
    const diff = page.locator('.monaco-diff-editor');
    await diff.locator('.original', { hasText: 'boil "end 1"' }).waitFor();
    await diff.locator('.modified', { hasText: 'boil "say hot" "end 0"' }).waitFor();
    assert.equal((await stage.pids('boil')).length, 2);

    await chooseFromContextMenu(row(page, 'soup, group'), 'Retry Failed');
    await answerDialog(page, 'changed since you approved', 'Run');
    await row(page, 'soup, group, completed').waitFor();
    assert.equal((await stage.pids('boil')).length, 3);
  });
});

/** A plan in JSON, where a command can hold any character. */
function tasksOf(group: string, runs: Readonly<Record<string, string>>): string {
  const tasks = Object.entries(runs).map(([id, run]) => ({
    id,
    description: `[P:Group-${group}] Harmless`,
    run,
  }));
  return JSON.stringify(tasks);
}

function nothingStarted(stage: Stage): void {
  for (const name of ['.parallel-groups', '.cues']) {
    assert.ok(!existsSync(stage.file(name)), `${name} was created`);
  }
}

/** Where a cloned repository could not have put it. */
async function isInUserStorage(stage: Stage, home: string): Promise<void> {
  const names = await readdir(home, { recursive: true });
  const file = names.find((name) => path.basename(name) === 'approvals.jsonl');
  assert.ok(file !== undefined, `no approvals in ${home}`);
  assert.match(await readFile(path.join(home, file), 'utf8'), /actor\.js boil/);
  const own = await readdir(stage.folder, { recursive: true });
  assert.deepEqual(
    own.filter((name) => name.includes('approval')),
    [],
  );
}
