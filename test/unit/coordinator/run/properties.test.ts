import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { spentOn } from '../../../../src/coordinator/run/budget.ts';
import type { RunEvent } from '../../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { PHASES } from '../../../../src/shared/status.ts';
import { plans, steps, storms } from '../../../support/coordinator/arbitraries.ts';
import { keepsToItsLimits, repairsWhatItCan } from '../../../support/coordinator/journal-laws.ts';
import { play } from '../../../support/coordinator/play.ts';

/** What every simulation checks at every event stands in `test/support/coordinator/simulation.ts`. */
describe('any run, whatever happens to it', () => {
  it('agrees with its replay and with the oracle at every event, and ends', () => {
    const scripts = fc.array(steps, { maxLength: 150, size: 'max' });
    fc.assert(fc.property(plans(30), scripts, check), { numRuns: 150 });
  }).timeout(0);

  it('does so where coordinators and runners die all the time', () => {
    const scripts = fc.array(storms, { maxLength: 80, size: 'max' });
    fc.assert(fc.property(plans(6), scripts, check), { numRuns: 300 });
  }).timeout(0);
});

function check(...[plan, script]: Parameters<typeof play>): void {
  const { journal } = play(plan, script);
  spendsNothingMore(plan, journal);
  assert.deepEqual(
    journal.filter(({ event }) => event.type === 'run.ended'),
    journal.slice(-1),
  );
  startsNothingTwice(journal);
  keepsToItsLimits(plan, journal);
  repairsWhatItCan(plan, journal);
  const phases = journal.flatMap(({ event }) =>
    event.type === 'phase.entered' ? [event.phase] : [],
  );
  assert.deepEqual(phases, PHASES.slice(0, phases.length));
}

/** By the journal alone: once the budget is spent nothing is launched, and what was started last is stopped first. */
function spendsNothingMore({ budget, tasks }: RunSpec, journal: readonly RunEvent[]): void {
  const spent = new Map<string, { costNanos: number; tokens: number }>();
  const running = new Map<string, { stopping: boolean; choice: number }>();
  const isSpent = (): boolean => {
    const sum = (of: 'costNanos' | 'tokens'): number =>
      [...spent.values()].reduce((all, each) => all + each[of], 0);
    const { maxCostUsd, maxTokens } = budget;
    return (
      sum('costNanos') >= (maxCostUsd ?? Infinity) * 1e9 || sum('tokens') >= (maxTokens ?? Infinity)
    );
  };
  for (const { event } of journal) {
    if (event.type === 'attempt.requested') {
      assert.ok(!isSpent(), `${event.task} was launched without a budget`);
      running.set(event.task, { stopping: false, choice: event.choice });
    } else if (event.type === 'attempt.progress' || event.type === 'attempt.ended') {
      const usage = event.type === 'attempt.ended' ? event.outcome.usage : event.usage;
      const { choice } = running.get(event.task) ?? { choice: 0 };
      const price = tasks.find(({ key }) => key === event.task)?.agents[choice]?.price ?? null;
      if (usage !== null && running.has(event.task)) {
        spent.set(`${event.task} ${event.attempt}`, spentOn(usage, price));
      }
    } else if (event.type === 'attempt.cancel.requested') {
      const latest = [...running].findLast(([, { stopping }]) => !stopping)?.[0];
      assert.ok(event.why !== 'budget' || event.task === latest, `${event.task} is stopped first`);
      running.set(event.task, { choice: 0, ...running.get(event.task), stopping: true });
    }
    if (event.type === 'attempt.ended' || event.type === 'attempt.revoked') {
      running.delete(event.task);
    }
  }
}

/** By the journal alone: attempts of a task are numbered without gaps, each requested once, after the one before. */
function startsNothingTwice(journal: readonly RunEvent[]): void {
  const newest = new Map<string, { attempt: number; over: boolean }>();
  for (const { event } of journal) {
    if (event.type === 'attempt.requested') {
      const before = newest.get(event.task) ?? { attempt: 0, over: true };
      assert.deepEqual(before, { attempt: event.attempt - 1, over: true });
      newest.set(event.task, { attempt: event.attempt, over: false });
    }
    const ends = event.type === 'attempt.ended' || event.type === 'attempt.revoked';
    if (ends && newest.get(event.task)?.attempt === event.attempt) {
      newest.set(event.task, { attempt: event.attempt, over: true });
    }
  }
}
