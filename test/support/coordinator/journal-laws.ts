import { strict as assert } from 'node:assert';
import { classOf, FAILURE_TABLE } from '../../../src/coordinator/run/failure/failure-table.ts';
import type { RunEvent, RunEventBody } from '../../../src/coordinator/schema/events.ts';
import type { LaunchSpec, RunSpec } from '../../../src/coordinator/schema/run-spec.ts';

/** Asserts the invariants of limits and retries that hold in every journal, from the journal alone. */
export function keepsToItsLimits(plan: RunSpec, journal: readonly RunEvent[]): void {
  const running = new Map<string, LaunchSpec>();
  const since = new Map<string, number>();
  const retried = new Map<string, number>();
  const overdue = new Set<string>();
  let now = 0;
  for (const { event, at } of journal) {
    now = Math.max(now, at);
    if (event.type === 'attempt.requested') {
      const agents = plan.tasks.find(({ key }) => key === event.task)?.agents ?? [];
      const agent = agents[event.choice];
      assert.ok(agent, `${event.task} has no such agent`);
      running.set(event.task, agent);
      assert.ok(!overdue.has(event.task), `${event.task} goes on although its time was up`);
      isInTime(plan, now, journal[0]?.at ?? 0, since.get(event.task) ?? now);
      since.set(event.task, since.get(event.task) ?? now);
      isWithinLimits(plan, agent, [...running.values()]);
    } else if (event.type === 'attempt.cancel.requested' && event.why === 'limit') {
      overdue.add(event.task);
    } else if (event.type === 'attempt.ended' && running.has(event.task)) {
      const { failure } = event.outcome;
      const agent = running.get(event.task);
      if (failure !== null && FAILURE_TABLE[classOf(failure)].steps[0] === 'retry') {
        const name = `${event.task} ${agent?.agent ?? ''}`;
        retried.set(name, (retried.get(name) ?? 0) + 1);
        assert.ok((retried.get(name) ?? 0) <= (agent?.maxRetries ?? 0) + 1, `${name} too often`);
      }
      running.delete(event.task);
    } else if (event.type === 'nudge.requested') {
      // The user requested it: earlier attempts and their time do not count against it.
      overdue.delete(event.task);
      for (const name of [...retried.keys()].filter((each) => each.startsWith(`${event.task} `))) {
        retried.delete(name);
      }
    } else if (event.type === 'attempt.revoked' && running.delete(event.task)) {
      // It may have been the first attempt, which then never started.
      since.delete(event.task);
    }
  }
}

function isInTime({ limits }: RunSpec, now: number, started: number, since: number): void {
  assert.ok(now - started < (limits.runTimeoutMs ?? Infinity), 'launched after the end of the run');
  const { taskTimeoutMs } = limits;
  assert.ok(taskTimeoutMs === null || now - since < taskTimeoutMs, 'launched after its time');
}

function isWithinLimits(
  plan: RunSpec,
  { agent }: LaunchSpec,
  running: readonly LaunchSpec[],
): void {
  const limits = plan.tasks
    .flatMap(({ agents }) => agents)
    .flatMap((each) => (each.agent === agent ? (each.maxConcurrent ?? []) : []));
  const live = running.filter((each) => each.agent === agent).length;
  assert.ok(live <= Math.min(plan.maxConcurrent, ...limits), `${agent} has too many attempts`);
}

interface Sessions {
  /** The request of the running attempt. */
  running: Requested | null;
  /** The end of the newest attempt that ran. */
  ended: {
    readonly session: string | null;
    readonly choice: number;
    readonly well: boolean;
  } | null;
  lacks: readonly string[];
  repairs: number;
}
type Requested = Extract<RunEventBody, { type: 'attempt.requested' }>;

/**
 * Asserts, from the journal alone, that a repair resumes the session that just ended with a report of success, and
 * names the missing evidence.
 */
export function repairsWhatItCan(plan: RunSpec, journal: readonly RunEvent[]): void {
  const tasks = new Map<string, Sessions>(
    plan.tasks.map(({ key }) => [key, { running: null, ended: null, lacks: [], repairs: 0 }]),
  );
  for (const { event } of journal) {
    const of = 'attempt' in event && 'task' in event ? tasks.get(event.task) : undefined;
    if (of === undefined || !('attempt' in event)) {
      continue;
    }
    if (event.type === 'attempt.requested') {
      of.running = event;
      of.repairs += event.resume?.why === 'repair' ? 1 : 0;
      assert.ok(of.repairs <= plan.repairs, `${event.task} is repaired too often`);
      assert.deepEqual(event.resume?.why === 'repair' ? event.resume : null, repairOf(event, of));
    } else if (event.type === 'evidence.checked') {
      of.lacks = event.evidence.flatMap(({ ok, detail }) => (ok ? [] : [detail]));
    }
    if (event.attempt !== of.running?.attempt) {
      continue;
    }
    const { resume, choice } = of.running;
    if (event.type === 'attempt.revoked') {
      of.repairs -= resume?.why === 'repair' ? 1 : 0;
      of.running = null;
    } else if (event.type === 'attempt.ended') {
      const session = event.outcome.sessionId ?? resume?.session ?? null;
      of.ended = { session, choice, well: event.outcome.failure === null };
      of.running = null;
    }
  }
}

function repairOf(
  { choice, resume }: Requested,
  { ended, lacks }: Sessions,
): Requested['resume'] | null {
  const isRepair = resume?.why === 'repair' && ended?.well === true && ended.choice === choice;
  return isRepair && ended.session !== null
    ? { session: ended.session, why: 'repair', message: lacks.join('\n') }
    : null;
}
