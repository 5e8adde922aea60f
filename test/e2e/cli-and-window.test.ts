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

/** A group whose tasks are called `<number>.1` and `<number>.2`, and their actors `grind-<group>` and `bake-<group>`. */
const mill = (group: string, number: number): string => `
- [ ] ${number}.1 [P:Group-${group}] Grind
  \`run: node actor.js grind-${group}\`
- [ ] ${number}.2 [P:Group-${group}] Bake (depends on ${number}.1)
  \`run: node actor.js bake-${group}\`
`;
const plan = `# Mills
${mill('water', 1)}${mill('wind', 2)}${mill('horse', 3)}`;
const statusSchema = z.object({ status: z.string(), held_by: z.nullable(z.string()) });

describe('the command line and a window on the same folder', function () {
  this.timeout(180_000);
  const vscode = useVscode();
  let program: string;
  before(async () => {
    program = await builtCli();
  });

  /** Each test runs a group of its own. */
  const mills = vscode.share(async () => {
    const stage = await setStage(vscode, plan);
    const { page } = await vscode.openWorkbench(stage);
    return { stage, page };
  });

  /** The command line of the same person: their user storage is the window's. */
  async function cli(
    stage: Stage,
    verb: string,
    group: string,
    ...more: readonly string[]
  ): Promise<Finished> {
    const args = [program, verb, '--group-id', group, ...more];
    const { exitCode, stdout, stderr } = await execa(process.execPath, args, {
      cwd: stage.folder,
      env: environment(vscode.server.home),
      extendEnv: false,
      reject: false,
    });
    return { exitCode, stdout, stderr };
  }

  it('the window watches a run of the command line to its end', async () => {
    const { stage, page } = await mills();
    await showGroups(page, 'water');
    const run = cli(stage, 'execute', 'water', '--yes');
    await row(page, 'water, group', 'running elsewhere').waitFor();
    await row(page, '1.1 Grind, running').waitFor();
    await stage.cue('grind-water', 'end 0');
    await row(page, '1.1 Grind, completed').waitFor();
    await row(page, '1.2 Bake, running').waitFor();
    await stage.cue('bake-water', 'end 0');
    await row(page, 'water, group, completed').waitFor();

    const { exitCode, stderr } = await run;
    assert.equal(exitCode, 0, stderr);
    const journal = await RunJournal.read(stage.folder, 'water');
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), { 1.1: 1, 1.2: 1 });
  });

  it('the command line tells of a run of the window, and waits for it', async () => {
    const { stage, page } = await mills();
    await startRun(page, 'wind');
    await row(page, '2.1 Grind, running').waitFor();
    const { stdout } = await cli(stage, 'status', 'wind', '--json');
    const status = statusSchema.parse(JSON.parse(stdout));
    assert.equal(status.status, 'in_progress');
    assert.match(status.held_by ?? '', /^VS Code/);
    assert.equal((await cli(stage, 'wait', 'wind', '--timeout', '1')).exitCode, 4);

    const wait = cli(stage, 'wait', 'wind');
    for (const part of ['grind', 'bake']) {
      await stage.cue(`${part}-wind`, 'end 0');
    }
    const { exitCode, stderr } = await wait;
    assert.equal(exitCode, 0, stderr);
    await row(page, 'wind, group, completed').waitFor();
    assert.deepEqual((await RunJournal.read(stage.folder, 'wind')).epochs, [1]);
  });

  it('the command line stops a run of the window', async () => {
    const { stage, page } = await mills();
    await startRun(page, 'horse');
    const [grind] = await eventually('3.1 to be at work', () => stage.pids('grind-horse'), 60_000);
    assert.ok(grind !== undefined);
    const { exitCode, stderr } = await cli(stage, 'cancel', 'horse');
    assert.equal(exitCode, 0, stderr);
    await row(page, 'horse, group, cancelled').waitFor();
    await row(page, '3.1 Grind, cancelled').waitFor();
    assert.ok(!(await lives(grind)), 'the task still lives');
    const journal = await RunJournal.read(stage.folder, 'horse');
    assert.deepEqual(journal.epochs, [1]);
    assert.deepEqual(journal.starts(), { 3.1: 1 });
  });
});

interface Finished {
  /** `undefined`: it was killed. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}
