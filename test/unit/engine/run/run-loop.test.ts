import assert from 'node:assert/strict';
import { begin } from '../../../../src/coordinator/run/evolve.ts';
import type { RunEvent, RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { type Journal, RunLoop } from '../../../../src/engine/run/run-loop.ts';
import { failure, type Result, success } from '../../../../src/shared/result.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, runPlan } from '../../../support/coordinator/plans.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** A journal in memory that knows what of it is on disk. */
class MemoryJournal implements Journal {
  readonly events: RunEvent[] = [];
  flushed = 0;
  problem: string | null = null;

  append(event: RunEvent): void {
    this.events.push(event);
  }

  async flush(): Promise<Result<void, { readonly message: string }>> {
    await new Promise(setImmediate);
    if (this.problem !== null) {
      return failure({ message: this.problem });
    }
    this.flushed = this.events.length;
    return success(undefined);
  }
}

describe('the loop of a run', () => {
  let clock: VirtualClock;
  let journal: MemoryJournal;
  let performed: RunEventBody[];
  let mine: boolean;
  /** What was not yet on disk when it was carried out. */
  let early: RunEventBody[];

  beforeEach(() => {
    clock = new VirtualClock();
    journal = new MemoryJournal();
    performed = [];
    early = [];
    mine = true;
  });

  function loopOf(changes: Partial<RunSpec> = {}): RunLoop {
    const plan = runPlan(['T1'], { tests: null, ...changes });
    const first = { v: FORMAT, seq: 1, at: clock.now() };
    const run = begin({ ...first, event: { type: 'run.started', plan } });
    assert.ok(run !== null);
    return new RunLoop({
      run,
      journal,
      clock,
      mayAct: () => Promise.resolve(mine),
      perform: (action) => {
        const onDisk = journal.events.slice(0, journal.flushed).map(({ event }) => event);
        if (!onDisk.includes(action)) {
          early.push(action);
        }
        performed.push(action);
      },
    });
  }

  async function post(loop: RunLoop, ...events: readonly RunEventBody[]): Promise<void> {
    for (const event of events) {
      loop.post(event);
    }
    await loop.settled();
  }

  const refreshed: RunEventBody = {
    type: 'check.ended',
    job: 'refresh',
    attempt: 1,
    offset: 0,
    outcome: outcome(),
    tests: null,
  };
  const failed: RunEventBody = {
    type: 'attempt.ended',
    task: keyOf('T1'),
    attempt: 1,
    offset: 0,
    outcome: outcome('exit'),
    jitter: 0,
  };
  const wake: RunEventBody = { type: 'wake' };
  const types = (): string[] => performed.map(({ type }) => type);

  it('carries nothing out that is not on disk', async () => {
    const loop = loopOf();
    loop.turn();
    await loop.settled();
    await post(loop, refreshed);
    assert.deepEqual(types(), ['check.requested', 'attempt.requested']);
    assert.deepEqual(early, []);
  });

  it('carries nothing out where the journal cannot be written, and says why', async () => {
    journal.problem = 'The disk is full.';
    const loop = loopOf();
    const told: RunEventBody[] = [];
    loop.onEvent((event) => told.push(event));
    loop.turn();
    await loop.settled();
    journal.problem = null;
    await post(loop, refreshed, wake);
    assert.deepEqual(performed, []);
    assert.equal(loop.suspended, 'The disk is full.');
    assert.ok(told.some((e) => e.type === 'warning' && e.message === 'The disk is full.'));
  });

  it('decides only once it has heard what a listener answered to an event', async () => {
    const loop = loopOf();
    loop.turn();
    await loop.settled();
    loop.onEvent((event) => {
      if (event.type === 'check.ended') {
        loop.post({ type: 'launch_pause.changed', reason: 'no memory' });
      }
    });
    await post(loop, refreshed);
    assert.deepEqual(types(), ['check.requested']);
    await post(loop, { type: 'launch_pause.changed', reason: null });
    assert.deepEqual(types(), ['check.requested', 'attempt.requested']);
  });

  it('carries nothing out once another coordinator has taken over', async () => {
    const loop = loopOf();
    loop.turn();
    await loop.settled();
    mine = false;
    await post(loop, refreshed);
    assert.deepEqual(types(), ['check.requested']);
    assert.match(loop.suspended ?? '', /taken this run over/);
  });

  it('is woken when a retry is due, and not before', async () => {
    const loop = loopOf();
    await post(loop, wake);
    await post(loop, refreshed);
    await post(loop, failed);
    clock.pass(499);
    await loop.settled();
    assert.equal(types().filter((type) => type === 'attempt.requested').length, 1);
    clock.pass(1);
    await loop.settled();
    assert.equal(types().filter((type) => type === 'attempt.requested').length, 2);
  });

  it('never goes back in time, and waits no longer, when the clock is set back', async () => {
    const loop = loopOf();
    await post(loop, wake);
    await post(loop, refreshed);
    clock.set(clock.now() - 3_600_000);
    await post(loop, failed);
    clock.pass(500);
    await loop.settled();
    const times = journal.events.map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.equal(types().filter((type) => type === 'attempt.requested').length, 2);
  });

  it('goes by the clock again once that has caught up', async () => {
    const loop = loopOf();
    const start = clock.now();
    clock.set(start - 1000);
    await post(loop, wake);
    clock.set(start + 5000);
    await post(loop, wake);
    assert.equal(journal.events.at(-1)?.at, start + 5000);
  });

  it('loses nothing that is posted just as it comes to rest', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      const loop = loopOf();
      await post(loop, wake);
      let settled = Promise.resolve();
      loop.post(wake);
      // Without an effect the loop rests after a few microtasks: one of these comes at each of them.
      for (let each = 0; each < ticks; each += 1) {
        settled = settled.then(() => undefined);
      }
      await settled;
      const before = journal.events.length;
      loop.post({ type: 'plan.changed', hash: 'h', detail: 'Edited.' });
      await new Promise(setImmediate);
      const after = journal.events.slice(before).map(({ event }) => event.type);
      assert.ok(after.includes('plan.changed'), `posted after ${ticks} microtasks`);
    }
  });

  it('takes nothing after it was disposed of, and is not woken', async () => {
    const loop = loopOf();
    await post(loop, wake);
    await post(loop, refreshed, failed);
    const written = journal.events.length;
    loop.dispose();
    await post(loop, refreshed);
    clock.pass(10_000);
    await loop.settled();
    assert.equal(journal.events.length, written);
  });

  it('writes nothing of a turn in which it is disposed of: the journal may be closed', async () => {
    const loop = loopOf();
    await post(loop, wake);
    const written = journal.events.length;
    loop.post(wake);
    loop.dispose();
    await loop.settled();
    assert.equal(journal.events.length, written);
  });

  it('numbers its events without gaps', async () => {
    const loop = loopOf();
    await post(loop, wake, wake);
    await post(loop, refreshed);
    const expected = journal.events.map((_, index) => index + 2);
    assert.deepEqual(
      journal.events.map(({ seq }) => seq),
      expected,
    );
  });
});
