import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { replay } from '../../../../src/coordinator/run/evolve.ts';
import type { RunState, TaskRecord } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import { EvidenceCollector } from '../../../../src/engine/proof/collect-evidence.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, runPlan } from '../../../support/coordinator/plans.ts';
import { eventually } from '../../../support/eventually.ts';
import { eventsOf, prepareFake, startRunner } from '../../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the evidence of a task', function () {
  this.timeout(60_000).slow(2000);
  let root: string;
  let workspace: string;
  let collector: EvidenceCollector;

  beforeEach(async () => {
    root = temporaryDirectory();
    workspace = join(root, 'workspace');
    mkdirSync(workspace);
    write('tasks.md', '- [ ] T1\n');
    write('old.txt', 'old\n');
    const git = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      [...git, 'commit', '-qm', 'All'],
    ]) {
      await execa('git', args, { cwd: workspace });
    }
    collector = new EvidenceCollector(workspace, ['tasks.md']);
  });
  afterEach(() => removeDirectory(root));

  function write(name: string, text: string): void {
    writeFileSync(join(workspace, name), text);
  }

  /** Where a task's attempts are, unless a test says otherwise. */
  const directories = new Map<string, string>();
  const directoryOf = ({ planned }: TaskRecord, attempt: number): string =>
    directories.get(planned.id) ?? join(root, planned.id, String(attempt));
  afterEach(() => directories.clear());

  const begins = (id: string, attempt = 1): RunEventBody => ({
    type: 'attempt.requested',
    task: keyOf(id),
    attempt,
    choice: 0,
  });
  const ends = (id: string, edits: string[] = []): RunEventBody => {
    const ended = { ...outcome(), edits };
    const rest = { attempt: 1, offset: 0, jitter: 0 };
    return { type: 'attempt.ended', task: keyOf(id), outcome: ended, ...rest };
  };

  /** A run of T1 and T2 after these events, a second apart. */
  function runAfter(...events: readonly RunEventBody[]): RunState {
    const all: RunEventBody[] = [{ type: 'run.started', plan: runPlan(['T1', 'T2']) }, ...events];
    const state = replay(
      all.map((event, index) => ({ v: FORMAT, seq: index + 1, at: 1000 * index, event })),
    );
    assert.ok(state !== null);
    return state;
  }

  function recordOf(run: RunState, id: string): TaskRecord {
    const record = run.tasks.get(keyOf(id));
    assert.ok(record !== undefined);
    return record;
  }

  const before = (id: string): Promise<void> => collector.before(join(root, id, '1'));

  /** Whether the files speak for the task, and which. */
  async function diffOf(run: RunState, id: string): Promise<{ ok: boolean; files: string[] }> {
    const { evidence, files } = await collector.collect(run, recordOf(run, id), directoryOf);
    const diff = evidence.find(({ kind }) => kind === 'diff');
    assert.ok(diff !== undefined);
    return { ok: diff.ok, files };
  }

  it('is every file that changed since it began, and none that was changed before', async () => {
    write('dirty.txt', 'before\n');
    await before('T1');
    write('old.txt', 'new\n');
    write('more.txt', 'more\n');
    const found = await diffOf(runAfter(begins('T1'), ends('T1')), 'T1');
    assert.deepEqual(found, { ok: true, files: ['more.txt', 'old.txt'] });
  });

  it('is never the plan, nor our own state', async () => {
    await before('T1');
    write('tasks.md', '- [x] T1\n');
    mkdirSync(join(workspace, '.parallel-groups'));
    write('.parallel-groups/x', 'x');
    const found = await diffOf(runAfter(begins('T1'), ends('T1')), 'T1');
    assert.deepEqual(found, { ok: false, files: [] });
  });

  it('is missing where the state before it is not known any more', async () => {
    write('more.txt', 'more\n');
    assert.equal((await diffOf(runAfter(begins('T1'), ends('T1')), 'T1')).ok, false);
    mkdirSync(join(root, 'T1', '1'), { recursive: true });
    writeFileSync(join(root, 'T1', '1', 'before.json'), '{ "kind": "git" }');
    assert.equal((await diffOf(runAfter(begins('T1'), ends('T1')), 'T1')).ok, false);
  });

  it('survives a reload: another collector goes on with it', async () => {
    await before('T1');
    write('more.txt', 'more\n');
    collector = new EvidenceCollector(workspace, ['tasks.md']);
    const found = await diffOf(runAfter(begins('T1'), ends('T1')), 'T1');
    assert.deepEqual(found, { ok: true, files: ['more.txt'] });
  });

  it('counts from the first attempt: a retry that finds the work done is proven by it', async () => {
    await before('T1');
    write('more.txt', 'more\n');
    await before('T1');
    const found = await diffOf(runAfter(begins('T1'), ends('T1')), 'T1');
    assert.deepEqual(found, { ok: true, files: ['more.txt'] });
  });

  it('is not what a task beside it reported as its own', async () => {
    await before('T1');
    await before('T2');
    write('a.txt', 'a\n');
    const run = runAfter(begins('T1'), begins('T2'), ends('T1', ['a.txt']), ends('T2'));
    assert.deepEqual(await diffOf(run, 'T1'), { ok: true, files: ['a.txt'] });
    assert.deepEqual(await diffOf(run, 'T2'), { ok: false, files: [] });
  });

  it('may be what a task reported that was over before it began', async () => {
    await before('T2');
    write('a.txt', 'again\n');
    const run = runAfter(begins('T1'), ends('T1', ['a.txt']), begins('T2'), ends('T2'));
    assert.deepEqual(await diffOf(run, 'T2'), { ok: true, files: ['a.txt'] });
  });

  it('is not what a task beside it writes while that still works', async () => {
    await before('T2');
    const steps = ['init', 'edit=a.txt', 'says=on', 'says=and on', `wait-file=${root}/go`, 'ok'];
    const other = await prepareFake(root, steps, { adapter: 'claude', cwd: workspace });
    const runner = startRunner(other);
    try {
      await eventually('it said so', async () =>
        (await eventsOf(other)).some((event) => event.type === 'step' && event.file === 'a.txt'),
      );
      await eventually('it wrote it', () => existsSync(join(workspace, 'a.txt')));
      directories.set('T1', other.dir);
      const run = runAfter(begins('T1'), begins('T2'), ends('T2'));
      assert.deepEqual(await diffOf(run, 'T2'), { ok: false, files: [] });
    } finally {
      writeFileSync(join(root, 'go'), '');
      await runner.exit;
    }
  });
});
