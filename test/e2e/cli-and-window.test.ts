import assert from 'node:assert/strict';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { builtCli } from '../support/built-cli.ts';
import { lives } from '../support/processes.ts';
import { RunJournal } from '../support/vscode/journal.ts';
import { environment } from '../support/vscode/server-folder.ts';
import { setStage, type Stage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { startRun } from '../support/vscode/verbs/start-run.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';

const plan = `# Mill

- [ ] 1.1 [P:Group-mill] Grind
  \`run: node actor.js grind\`
- [ ] 1.2 [P:Group-mill] Bake (depends on 1.1)
  \`run: node actor.js bake\`
`;
const statusSchema = z.object({ status: z.string(), held_by: z.nullable(z.string()) });
const once = { 1.1: 1, 1.2: 1 };

describe('the command line and a window on the same folder', function () {
  this.timeout(180_000);
  const vscode = useVscode();
  let program: string;
  before(async () => {
    program = await builtCli();
  });

  /** The command line of the same person: their user storage is the window's. */
  async function cli(stage: Stage, verb: string, ...more: readonly string[]): Promise<Finished> {
    const args = [program, verb, '--group-id', 'mill', ...more];
    const { exitCode, stdout, stderr } = await execa(process.execPath, args, {
      cwd: stage.folder,
      env: environment(vscode.server.home),
      extendEnv: false,
      reject: false,
    });
    return { exitCode, stdout, stderr };
  }

  it('the window watches a run of the command line to its end', async () => {
    const stage = await setStage(vscode, plan);
    const { page } = await vscode.openWorkbench(stage);
    await showGroups(page, 'mill');
    const run = cli(stage, 'execute', '--yes');
    await row(page, 'mill, group', 'running elsewhere').waitFor();
    await row(page, '1.1 Grind, running').waitFor();
    await stage.cue('grind', 'end 0');
    await row(page, '1.1 Grind, completed').waitFor();
    await row(page, '1.2 Bake, running').waitFor();
    await stage.cue('bake', 'end 0');
    await row(page, 'mill, group, completed').waitFor();

    const { exitCode, stderr } = await run;
    assert.equal(exitCode, 0, stderr);
    const journal = await RunJournal.read(stage.folder);
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), once);
  });

  it('the command line tells of a run of the window, and waits for it', async () => {
    const stage = await setStage(vscode, plan);
    const { page } = await vscode.openWorkbench(stage);
    await startRun(page, 'mill');
    await row(page, '1.1 Grind, running').waitFor();
    const { stdout } = await cli(stage, 'status', '--json');
    const status = statusSchema.parse(JSON.parse(stdout));
    assert.equal(status.status, 'in_progress');
    assert.match(status.held_by ?? '', /^VS Code/);
    assert.equal((await cli(stage, 'wait', '--timeout', '1')).exitCode, 4);

    const wait = cli(stage, 'wait');
    for (const part of ['grind', 'bake']) {
      await stage.cue(part, 'end 0');
    }
    const { exitCode, stderr } = await wait;
    assert.equal(exitCode, 0, stderr);
    await row(page, 'mill, group, completed').waitFor();
    assert.deepEqual((await RunJournal.read(stage.folder)).epochs, [1]);
  });

  it('the command line stops a run of the window', async () => {
    const stage = await setStage(vscode, plan);
    const { page } = await vscode.openWorkbench(stage);
    await startRun(page, 'mill');
    const [grind] = await eventually('1.1 to be at work', () => stage.pids('grind'), 60_000);
    assert.ok(grind !== undefined);
    const { exitCode, stderr } = await cli(stage, 'cancel');
    assert.equal(exitCode, 0, stderr);
    await row(page, 'mill, group, cancelled').waitFor();
    await row(page, '1.1 Grind, cancelled').waitFor();
    assert.ok(!(await lives(grind)), 'the task still lives');
    const journal = await RunJournal.read(stage.folder);
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), { 1.1: 1 });
  });
});

interface Finished {
  /** `undefined`: it was killed. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}
