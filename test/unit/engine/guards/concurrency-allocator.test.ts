import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { allocateFairly } from '../../../../src/engine/guards/allocate-fairly.ts';
import { ConcurrencyAllocator } from '../../../../src/engine/guards/concurrency-allocator.ts';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { Rehearsal } from '../../../support/coordinator/rehearsal.ts';

/** A run that hears of what it is told only when the test says so. */
class SlowRun {
  readonly rehearsal: Rehearsal;
  readonly #inbox: RunEventBody[] = [];
  readonly #shares: ConcurrencyAllocator;
  readonly #place: Disposable;

  constructor(
    shares: ConcurrencyAllocator,
    limit: number | null,
    tasks: number,
    maxConcurrent: number,
  ) {
    const ids = Array.from({ length: tasks }, (_, nth) => plannedTask(`T${nth}`));
    this.rehearsal = new Rehearsal(runPlan(ids, { maxConcurrent, tests: null }));
    this.#shares = shares;
    const post = (event: RunEventBody): void => void this.#inbox.push(event);
    this.#place = shares.join({ state: this.rehearsal.run, post }, limit);
    // As in the real loop, where what is posted before the start is heard before anything is decided.
    while (this.hears()) {
      // Deliver everything that was posted.
    }
    this.rehearsal.prepares();
    while (this.hears()) {
      // Deliver everything that was posted.
    }
  }

  get live(): number {
    return this.rehearsal.run.live;
  }

  get isOver(): boolean {
    return this.rehearsal.run.ended !== null;
  }

  hears(): boolean {
    const heard = this.#inbox.splice(0);
    for (const event of heard) {
      this.rehearsal.happens(event);
    }
    this.#shares.update();
    return heard.length > 0;
  }

  /** One of its attempts is done. */
  finishesOne(nth: number): void {
    const live = this.rehearsal.live();
    const id = live[nth % Math.max(1, live.length)];
    if (id !== undefined) {
      this.rehearsal.completes(id);
    }
    this.#shares.update();
  }

  leaves(): void {
    this.#place.dispose();
  }
}

describe('the places of a window', () => {
  it('are split in turns, and nobody gets more than it can use', () => {
    const shares = (limit: number, ...wants: number[]): number[] =>
      allocateFairly(
        limit,
        wants.map((each) => ({ live: 0, wants: each })),
      );
    assert.deepEqual(shares(4, 10, 10), [2, 2]);
    assert.deepEqual(shares(5, 10, 10), [3, 2]);
    assert.deepEqual(shares(5, 1, 10), [1, 4]);
    assert.deepEqual(shares(2, 3, 3, 3), [1, 1, 0]);
    assert.deepEqual(shares(9, 1, 2), [1, 2]);
  });

  it('are not counted where no workspace limits them', () => {
    const run = new SlowRun(new ConcurrencyAllocator(), null, 6, 4);
    assert.equal(run.live, 4);
    assert.equal(run.rehearsal.run.policy.quota, null);
  });

  it('go to a run that comes later as those of the others become free', () => {
    const shares = new ConcurrencyAllocator();
    const [first, later] = [new SlowRun(shares, 4, 9, 4), new SlowRun(shares, 4, 9, 4)];
    assert.deepEqual([first.live, later.live], [4, 0]);
    const runs = [first, later];
    settle(runs);
    first.finishesOne(0);
    first.finishesOne(0);
    settle(runs);
    assert.deepEqual([first.live, later.live], [2, 2]);
  });

  it('are free again once a run leaves', () => {
    const shares = new ConcurrencyAllocator();
    const [first, later] = [new SlowRun(shares, 2, 2, 4), new SlowRun(shares, null, 2, 4)];
    assert.deepEqual([first.live, later.live], [2, 0]);
    first.finishesOne(0);
    first.finishesOne(0);
    first.leaves();
    settle([later]);
    assert.equal(later.live, 2);
  });

  it('are never exceeded, whoever hears of a change when, and none stays free that could be used', () => {
    const member = fc.record({
      tasks: fc.integer({ min: 1, max: 6 }),
      most: fc.integer({ min: 1, max: 4 }),
    });
    const move = fc.record({
      run: fc.nat(3),
      act: fc.constantFrom('hears', 'finishes'),
      nth: fc.nat(9),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(member, { minLength: 1, maxLength: 4 }),
        fc.array(move, { maxLength: 60 }),
        (limit, members, moves) => {
          const shares = new ConcurrencyAllocator();
          const runs: SlowRun[] = [];
          const holds = (): void =>
            assert.ok(runs.reduce((sum, run) => sum + run.live, 0) <= limit, 'more than the limit');
          for (const { tasks, most } of members) {
            runs.push(new SlowRun(shares, limit, tasks, most));
            holds();
          }
          for (const { run, act, nth } of moves) {
            const one = runs[run % runs.length];
            if (act === 'hears') {
              one?.hears();
            } else {
              one?.finishesOne(nth);
            }
            holds();
          }
          settle(runs);
          holds();
          worksToTheEnd(runs, limit);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function settle(runs: readonly SlowRun[]): void {
  for (let news = true; news;) {
    news = false;
    for (const run of runs) {
      news = run.hears() || news;
    }
  }
}

/** At rest every place that some run could use is used, until all is done. */
function worksToTheEnd(runs: readonly SlowRun[], limit: number): void {
  for (;;) {
    const live = runs.reduce((sum, run) => sum + run.live, 0);
    const wanted = runs.reduce((sum, { rehearsal: { run } }) => {
      const open = run.order.filter(({ state }) => ['ready', 'running'].includes(state.kind));
      return sum + Math.min(open.length, run.plan.maxConcurrent);
    }, 0);
    assert.equal(live, Math.min(limit, wanted), 'a place stays free');
    const busy = runs.find((run) => run.live > 0);
    if (busy === undefined) {
      return;
    }
    busy.finishesOne(0);
    settle(runs);
  }
}
