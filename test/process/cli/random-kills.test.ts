import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorIn, fates, type Metadata, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace, type StartedCli } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { skip } from '../../support/skip.ts';

const TASKS = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'];
/** Three chains of two, and each task leaves its line and then takes a moment. */
const PLAN = TASKS.map((id, index) => {
  const after = index < 3 ? '' : ` (depends on T${index - 2})`;
  return `- [ ] ${id} [P:Group-a] Step${after}\n  \`run: echo ${id} >> done.txt; sleep 0.15\`\n`;
}).join('');
const SEED = 20_261_121;
/** Lines of progress that a whole run prints, about. */
const LINES = 14;

/** Numbers in [0, 1), the same in every run of this file (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The runner host of a command line; `null` where it has none just now. */
function hostOf(cli: StartedCli): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) {
      continue;
    }
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const isHost = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--host');
      if (parent === cli.child.pid && isHost) {
        return Number(name);
      }
    } catch {
      // It ended while it was looked at.
    }
  }
  return null;
}

describe('a run whose processes are killed at random moments', function () {
  this.timeout(60_000);
  const random = seeded(SEED);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({
      'tasks.md': PLAN,
      'parallel-groups.json': '{ "maxRetries": 2, "retryDelayMs": 10 }',
    });
  });
  afterEach(() => {
    workspace.dispose();
  });

  /** Waits for a moment of the run: after some line of its progress, and a little later. */
  async function someMoment(cli: StartedCli, moment: { lines: number; laterMs: number }) {
    let over = false;
    void cli.done.then(() => (over = true));
    const printed = () => cli.stderr().split('\n').length - 1;
    await eventually('the moment to come', () => over || printed() >= moment.lines);
    await delay(moment.laterMs);
  }

  const linesOf = (id: string): number => workspace.read('done.txt').split(`${id}\n`).length - 1;

  /** Where it was over before it was killed, nothing is left to be taken up. */
  async function resumed(): Promise<Metadata> {
    const ended = await workspace.run('resume', '--group-id', 'a', '--yes', '--json');
    assert.notEqual(ended.stdout, '', ended.stderr);
    const json: unknown = JSON.parse(ended.stdout);
    const finished = { ...ended, json };
    if (finished.exit === 2) {
      assert.equal(errorIn(finished).error.reason, 'nothing', finished.stderr);
      return metadataIn(await workspace.json('status', '--group-id', 'a'));
    }
    assert.equal(finished.exit, 0, finished.stderr);
    return metadataIn(finished);
  }

  const allCompleted = Object.fromEntries(TASKS.map((id) => [id, 'completed']));

  for (let round = 1; round <= 5; round += 1) {
    const moment = { lines: 1 + Math.floor(random() * LINES), laterMs: Math.floor(random() * 80) };
    const when = `${moment.laterMs} ms after line ${moment.lines}`;
    it(`leaves each task's line exactly once after kill -9 of execute, ${when}`, async () => {
      const cli = await workspace.start('execute', '--group-id', 'a', '--yes', '--json');
      await someMoment(cli, moment);
      cli.child.kill('SIGKILL');
      await cli.done;
      const metadata = await resumed();
      assert.deepEqual(fates(metadata), allCompleted);
      for (const { task_id, interrupted } of metadata.results) {
        assert.equal(interrupted, 0, task_id);
        assert.equal(linesOf(task_id), 1, `${task_id} left its line`);
      }
      assert.equal(workspace.read('tasks.md').match(/- \[x\]/g)?.length, TASKS.length);
    });
  }

  for (let round = 1; round <= 3; round += 1) {
    const moment = { lines: 4 + Math.floor(random() * 6), laterMs: Math.floor(random() * 80) };
    const when = `${moment.laterMs} ms after line ${moment.lines}`;
    it(`repeats a task at most once after kill -9 of the runner host, and says so, ${when}`, async function () {
      if (process.platform !== 'linux') {
        skip(this, 'only Linux finds processes by their environment');
      }
      const cli = await workspace.start('execute', '--group-id', 'a', '--yes', '--json');
      await someMoment(cli, moment);
      const host = hostOf(cli);
      if (host !== null) {
        process.kill(host, 'SIGKILL');
      }
      const finished = await cli.done;
      const json: unknown = JSON.parse(finished.stdout);
      const metadata = metadataIn({ json });
      for (const { task_id, status, interrupted } of metadata.results) {
        assert.ok(interrupted <= 1, `${task_id} was interrupted once at most`);
        const lines = linesOf(task_id);
        assert.ok(lines <= 1 + interrupted, `${task_id}: ${lines} lines`);
        assert.ok(lines >= 1, `${task_id} left its line`);
        assert.equal(status, 'completed', task_id);
      }
      assert.equal(finished.exit, 0, finished.stderr);
      assert.equal(workspace.read('tasks.md').match(/- \[x\]/g)?.length, TASKS.length);
    });
  }
});
