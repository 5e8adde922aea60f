import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import type { AttemptReport } from '../../../../src/engine/attempt/attempt-report.ts';
import {
  type AttemptWatch,
  watchAttempt,
  type WatchOptions,
} from '../../../../src/engine/attempt/watch-attempt.ts';
import { attemptMarker } from '../../../../src/store/attempts/attempt-marker.ts';
import { claimAttempt, readClaim, requestCancel } from '../../../../src/store/attempts/claim.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { attemptSpec } from '../../../support/attempts.ts';
import { eventually } from '../../../support/eventually.ts';
import { endAll, lives, pidIn } from '../../../support/processes.ts';
import { type Prepared, prepareFake, startRunner } from '../../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const LIMIT_MS = 20_000;

describe('watching an attempt', function () {
  this.timeout(60_000).slow(5000);
  let root: string;
  let reports: AttemptReport[];
  const watches: AttemptWatch[] = [];
  const started: (number | undefined)[] = [];

  beforeEach(() => {
    root = temporaryDirectory();
    reports = [];
  });

  afterEach(() => {
    for (const each of watches.splice(0)) {
      each.dispose();
    }
    endAll(started.splice(0));
    removeDirectory(root);
  });

  async function prepare(attempt: number, ...steps: readonly string[]): Promise<Prepared> {
    return prepareFake(root, steps, { adapter: 'claude', attempt });
  }

  function watch(directory: string, changes: Partial<WatchOptions> = {}): AttemptWatch {
    const marker = attemptMarker(attemptSpec(root, { attempt: 1 }));
    const rest = { directory, marker, offset: 0, epoch: 1, patienceMs: 60_000, graceMs: 500 };
    const all = { ...rest, clock: systemClock, ...changes };
    const each = watchAttempt(all, (report) => reports.push(report));
    watches.push(each);
    return each;
  }

  function start(prepared: Prepared): number {
    const { child } = startRunner(prepared);
    started.push(child.pid);
    return child.pid ?? 0;
  }

  const kinds = (): string[] => [...new Set(reports.map(({ kind }) => kind))];

  async function end(): Promise<Extract<AttemptReport, { kind: 'ended' }>> {
    const found = (): AttemptReport | undefined => reports.find(({ kind }) => kind === 'ended');
    await eventually('it ended', () => found() !== undefined, LIMIT_MS);
    const last = found();
    if (last?.kind !== 'ended') {
      throw new Error('no end');
    }
    return last;
  }

  it('tells of its claim, its progress and its end, each in its turn', async () => {
    const prepared = await prepare(1, 'init', 'says=hello', 'edit=a.txt', 'ok=fine');
    watch(prepared.dir);
    const pid = start(prepared);
    const { outcome } = await end();
    assert.equal(outcome.failure, null);
    assert.deepEqual(outcome.edits, ['a.txt']);
    assert.deepEqual(kinds(), ['claimed', 'progress', 'ended']);
    assert.deepEqual(reports[0], { kind: 'claimed', pid });
    const offsets = reports.flatMap((r) => (r.kind === 'progress' ? [r.progress.offset] : []));
    assert.deepEqual(
      offsets,
      offsets.toSorted((a, b) => a - b),
    );
  });

  it('goes on from where another coordinator had left off', async () => {
    const prepared = await prepare(1, 'init', 'says=one', 'wait=300', 'says=two', 'ok');
    const first = watch(prepared.dir);
    start(prepared);
    await end();
    first.dispose();
    const [, whole] = reports.flatMap((r) => (r.kind === 'progress' ? [r.progress.offset] : []));
    assert.ok(whole !== undefined);
    reports = [];
    watch(prepared.dir, { offset: whole, patienceMs: 0 });
    const { outcome } = await end();
    assert.equal(outcome.failure, null);
    const later = reports.flatMap((r) => (r.kind === 'progress' ? [r.progress.offset] : []));
    assert.ok(later.every((offset) => offset > whole));
  });

  it('is revoked where nobody has started it and nobody may any more', async () => {
    const prepared = await prepare(1, 'edit=a.txt', 'ok');
    watch(prepared.dir, { patienceMs: 0 });
    await eventually('it is revoked', () => kinds().includes('revoked'));
    const { exit } = startRunner(prepared);
    await exit;
    assert.equal(existsSync(join(root, 'a.txt')), false, 'a late runner does nothing');
    assert.deepEqual(kinds(), ['revoked']);
  });

  it('fails where its terminal went away before a runner began', async () => {
    const prepared = await prepare(1, 'ok');
    watch(prepared.dir).check(true);
    const { outcome } = await end();
    assert.equal(outcome.failure?.reason, 'not_started');
    const claim = await readClaim(prepared.dir);
    assert.ok(claim.ok && claim.value?.kind === 'revoked');
  });

  it('counts for nothing where the host that was to begin it was killed', async () => {
    const prepared = await prepare(1, 'ok');
    watch(prepared.dir).lost();
    await eventually('it is revoked', () => kinds().includes('revoked'));
    assert.deepEqual(kinds(), ['revoked']);
  });

  it('learns that another one has revoked it', async () => {
    const prepared = await prepare(1, 'ok');
    await claimAttempt(prepared.dir, { v: FORMAT, kind: 'revoked', epoch: 2, at: 1 });
    watch(prepared.dir);
    await eventually('it is revoked', () => kinds().includes('revoked'));
  });

  it('is interrupted where its runner was killed, once nothing of it lives any more', async () => {
    const prepared = await prepare(1, 'init', `spawn-orphan=${root}/child`, 'hang');
    watch(prepared.dir);
    const runner = start(prepared);
    const orphan = await pidIn(join(root, 'child'));
    started.push(orphan);
    await eventually('it is claimed', () => kinds().includes('claimed'));
    process.kill(runner, 'SIGKILL');
    const { outcome } = await end();
    assert.equal(outcome.failure?.reason, 'interrupted');
    if (process.platform === 'linux') {
      assert.equal(await lives(orphan), false);
    }
  });

  it('ends as its runner says, though that is gone before anybody looked', async () => {
    const prepared = await prepare(1, 'init', 'says=quick', 'ok');
    await startRunner(prepared).exit;
    watch(prepared.dir, { patienceMs: 0 });
    const { outcome } = await end();
    assert.equal(outcome.failure, null);
    assert.equal(reports.filter(({ kind }) => kind === 'ended').length, 1);
  });

  it('ends as cancelled where it was asked to stop', async () => {
    const prepared = await prepare(1, 'init', 'hang');
    watch(prepared.dir);
    start(prepared);
    await eventually('it is claimed', () => kinds().includes('claimed'));
    await requestCancel(prepared.dir);
    const { outcome } = await end();
    assert.equal(outcome.failure?.reason, 'cancelled');
  });
});
