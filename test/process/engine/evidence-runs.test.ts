import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TaskRecord } from '../../../src/coordinator/run/state/state.ts';
import type { ActiveRun } from '../../../src/engine/run/active-run.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { asGroupKey, asTaskKey } from '../../../src/shared/ids.ts';
import { attemptDirectory, testDirectory } from '../../../src/store/attempts/attempt-directory.ts';
import { runDirectory } from '../../../src/store/directories/run-directory.ts';
import { processTable } from '../../../src/system/processes/process-table.ts';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#g');
const T1 = asTaskKey('tasks.md#T1');

/** A task of the plan, and what its agent does; `more` stands on lines below. */
interface Told {
  readonly title: string;
  readonly steps: readonly string[];
  readonly more?: readonly string[];
  /** Who does it; default: a coder of its own. */
  readonly subagent?: string;
}

describe('a task of a run', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace | null;

  beforeEach(async () => {
    root = temporaryDirectory();
    workspace = null;
    writeFileSync(join(root, '.gitignore'), 'user-state\nscratch\n');
    await execa('git', ['init', '-q'], { cwd: root });
  });
  afterEach(async () => {
    await workspace?.release();
    removeDirectory(root);
  });

  const path = (name: string): string => join(root, name);

  /** Starts a group whose tasks are carried out by the fake agent, in the words of Claude Code's stream. */
  async function start(...tasks: readonly Told[]): Promise<ActiveRun> {
    const names = tasks.map(({ subagent }, index) => subagent ?? `coder${index + 1}`);
    const agents = Object.fromEntries(
      tasks.map(({ steps }, index) => [
        `fake${index + 1}`,
        { command: [process.execPath, FAKE_AGENT, ...steps], events: 'claude' },
      ]),
    );
    const subagents = Object.fromEntries(
      names.map((name, index) => [name, { agent: `fake${index + 1}` }]),
    );
    const contextRefresh = { command: ['true'] };
    const test = { timeoutSeconds: 30 };
    const config = { agents, subagents, repairs: 0, contextRefresh, test };
    writeFileSync(path('parallel-groups.json'), JSON.stringify(config));
    const plan = tasks.flatMap(({ title, more = [] }, index) => [
      `- [ ] T${index + 1} [P:Group-g] [Subagent: ${names[index] ?? ''}] ${title}`,
      ...more.map((line) => `  ${line}`),
    ]);
    workspace = await openEngine(root, `${plan.join('\n')}\n`);
    const started = await workspace.starter.run(GROUP);
    assert.ok(started.ok, JSON.stringify(started));
    return started.value;
  }

  async function run(...tasks: readonly Told[]): Promise<readonly TaskRecord[]> {
    const held = await start(...tasks);
    await held.over;
    return held.state.order;
  }

  /** What became of a task, and what speaks against it, or is to be looked at. */
  function told(record: TaskRecord | undefined): readonly string[] {
    assert.ok(record !== undefined);
    const { state, evidence } = record;
    const reason = state.kind === 'failed' ? ` ${state.failure.reason}` : '';
    const notes = evidence
      .filter(({ ok, note }) => !ok || note === 'warning')
      .map(({ kind, ok, detail }) => `${ok ? 'warns' : 'no'} ${kind}: ${detail}`);
    return [`${state.kind}${reason}`, ...notes];
  }

  const plan = (): string => readFileSync(path('tasks.md'), 'utf8');

  it('is judged by what it was denied, changed and reported, and by what it says of itself', async () => {
    const idle = ['init', 'ok'];
    const records = await run(
      { title: 'Make a', steps: ['init', 'edit=a.txt', 'denied=curl example.org', 'ok'] },
      { title: 'Make b [Files: b.txt]', steps: ['init', 'edit=c.txt', 'denied=tee b.txt', 'ok'] },
      { title: 'Make d', steps: ['init', 'says=Done.', 'ok'] },
      { title: 'Look [No-Change]', steps: idle },
      { title: 'Look', steps: idle, subagent: 'code-reviewer' },
      {
        title: 'Make e',
        steps: ['init', 'edit=e.txt', 'write={resultFile}:{ "summary": 3 }', 'ok'],
      },
    );
    const [a, b, d, look, review, e] = records.map(told);
    const denied = 'permissions: It was denied what the task';
    assert.deepEqual(a, ['completed', `warns ${denied} does not ask for: Bash: curl example.org.`]);
    assert.deepEqual(b, ['failed denied', `no ${denied} needs: Bash: tee b.txt.`]);
    assert.equal(d?.[0], 'failed no_evidence');
    assert.match(d[1] ?? '', /^no diff: It said it was done, but no file changed/);
    assert.deepEqual([look, review], [['completed'], ['completed']]);
    assert.equal(e?.[0], 'failed no_evidence');
    assert.match(e[1] ?? '', /^no report: The result that it reported has another form/);
    assert.deepEqual(plan().match(/\[x\] T\d/g), ['[x] T1', '[x] T4', '[x] T5']);
  });

  it('is proven by nothing that nobody named while others worked', async () => {
    const waits = `wait-file=${path('b.txt')}`;
    const records = await run(
      { title: 'Make a', steps: ['init', waits, 'edit-silently=a.txt', 'ok'] },
      { title: 'Make b', steps: ['init', 'edit=b.txt', `wait-file=${path('a.txt')}`, 'ok'] },
    );
    const unnamed =
      'warns unnamed: 1 file changed that nobody named: a.txt. Any of the tasks that ran at the same time may have written that.';
    const [first, second] = records.map(told);
    assert.deepEqual(first?.[0], 'failed no_evidence');
    assert.match(first[1] ?? '', /no file that changed can be put down to it/);
    assert.equal(first[2], unnamed);
    assert.deepEqual(second, ['completed', unnamed]);
  });

  describe('with a test of its own', () => {
    const making = { title: 'Make a', steps: ['init', 'edit=a.txt', 'ok'] };

    it('is closed once that passed, and stays open with the end of its output where it failed', async () => {
      const held = await start(
        { ...making, more: ['`test: grep -q a.txt a.txt && echo fine`'] },
        {
          title: 'Make b',
          steps: ['init', 'edit=b.txt', 'ok'],
          more: ['`test: echo "total is 3, not 4"; exit 1`'],
        },
        { title: 'Make c', steps: ['init', 'ok'], more: ['`test: touch tested`'] },
      );
      await held.over;
      const [passed, failed, untested] = held.state.order;
      assert.deepEqual(told(passed), ['completed']);
      assert.deepEqual(passed?.evidence.at(-1), {
        kind: 'tests',
        ok: true,
        detail: 'Its own test passed: `grep -q a.txt a.txt && echo fine` passed.',
      });
      const attempt = attemptDirectory(runDirectory(root, held.state.plan.run), T1, 1);
      const log = readFileSync(join(testDirectory(attempt, 1), 'output.log'), 'utf8');
      assert.equal(log, 'fine\n');
      const said =
        'Its own test failed: `echo "total is 3, not 4"; exit 1` ended with exit code 1.';
      assert.deepEqual(told(failed), [
        'failed no_evidence',
        `no tests: ${said}\ntotal is 3, not 4`,
      ]);
      assert.equal(failed?.state.kind === 'failed' && failed.state.failure.message, said);
      // What has no other proof is not tested.
      assert.equal(told(untested)[0], 'failed no_evidence');
      assert.equal(existsSync(path('tested')), false);
      assert.deepEqual(plan().match(/\[x\] T\d/g), ['[x] T1']);
    });

    it('is stopped with all that its test started', async () => {
      const line = `${process.execPath} ${FAKE_AGENT} spawn-orphan=scratch/pid touch=scratch/started hang`;
      const held = await start({ ...making, more: [`\`test: ${line}\``] });
      await eventually('its test runs', () => existsSync(path('scratch/started')));
      held.cancel(T1, 'test');
      await held.over;
      assert.deepEqual(told(held.state.order[0]).slice(0, 1), ['cancelled']);
      const pid = Number(readFileSync(path('scratch/pid'), 'utf8'));
      assert.deepEqual(await processTable([pid]), []);
      assert.match(plan(), /- \[ \] T1/);
    });

    it('goes on being tested by whoever takes the run up', async () => {
      const line = `${process.execPath} ${FAKE_AGENT} touch=scratch/started wait-file=scratch/go exit=0`;
      const first = await start({ ...making, more: [`\`test: ${line}\``] });
      await eventually('its test runs', () => existsSync(path('scratch/started')));
      await workspace?.release();
      workspace = await openEngine(root, plan());
      const resumed = await workspace.control.resume(GROUP);
      assert.ok(resumed.ok, JSON.stringify(resumed));
      writeFileSync(path('scratch/go'), '');
      await resumed.value.over;
      assert.deepEqual(told(resumed.value.state.order[0]), ['completed']);
      const attempt = attemptDirectory(runDirectory(root, first.state.plan.run), T1, 1);
      assert.equal(existsSync(testDirectory(attempt, 2)), false);
    });
  });
});
