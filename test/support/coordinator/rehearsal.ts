import { strict as assert } from 'node:assert';
import { decide } from '../../../src/coordinator/run/decide.ts';
import { begin, evolve } from '../../../src/coordinator/run/evolve.ts';
import type {
  RunState,
  TaskRecord,
  TaskState,
  TestsResult,
} from '../../../src/coordinator/run/state/state.ts';
import type { Outcome } from '../../../src/coordinator/schema/attempt.ts';
import type { RunEvent, RunEventBody, SuiteJob } from '../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import type { Failure, FailureReason } from '../../../src/shared/failure.ts';
import type { Blocker } from '../../../src/shared/view-models/group-views.ts';
import { outcome, testsResult } from './outcomes.ts';
import { keyOf } from './plans.ts';

/** Start of every rehearsal, ms since the epoch. */
export const START = 1_000_000;

/**
 * A run in virtual time whose effects the test answers: after every fact the coordinator decides until nothing changes.
 * The answers name tasks by their short ids.
 */
export class Rehearsal {
  readonly run: RunState;
  readonly journal: RunEvent[] = [];
  /** The decisions after the last fact. */
  actions: RunEventBody[] = [];
  #at = START;

  constructor(plan: RunSpec) {
    const first: RunEvent = { v: FORMAT, seq: 1, at: START, event: { type: 'run.started', plan } };
    const run = begin(first);
    assert.ok(run);
    this.run = run;
    this.journal.push(first);
    this.#decide();
  }

  get wakeAt(): number | null {
    return decide(this.run).wakeAt;
  }

  /** Returns the exit code; `null` while the run continues. */
  exitCode(): number | null {
    return this.run.ended?.exitCode ?? null;
  }

  task(id: string): TaskRecord {
    const record = this.run.tasks.get(keyOf(id));
    assert.ok(record, `no task ${id}`);
    return record;
  }

  /** Returns the kind of state of every task, in source order. */
  kinds(): string[] {
    return this.run.order.map(({ state }) => state.kind);
  }

  kind(id: string): TaskState['kind'] {
    return this.task(id).state.kind;
  }

  /** Returns the short ids of the tasks that the last decisions launched, in order. */
  launched(): string[] {
    return this.actions.flatMap((action) =>
      action.type === 'attempt.requested' ? [this.#idOf(action.task)] : [],
    );
  }

  /** Returns the short ids of the running and verifying tasks. */
  live(): string[] {
    return this.run.order.flatMap(({ state, planned }) =>
      state.kind === 'running' || state.kind === 'verifying' ? [planned.id] : [],
    );
  }

  happens(event: RunEventBody): this {
    this.#record(event);
    this.#decide();
    return this;
  }

  /** Advances the time and wakes the coordinator. */
  wakes(afterMs: number): this {
    this.#at += afterMs;
    return this.happens({ type: 'wake' });
  }

  /** Answers a suite job; without a test result if `tests` is null. */
  checks(job: SuiteJob, tests: TestsResult['status'] | null = null, ended?: Outcome): this {
    const { attempt } = this.run.suites[job];
    const result = tests === null ? null : testsResult(tests);
    const event = { type: 'check.ended' as const, job, attempt, offset: 0, tests: result };
    return this.happens({ ...event, outcome: ended ?? outcome() });
  }

  /** Answers the requests of the first phase, so that the run can launch. */
  prepares(): this {
    this.checks('refresh');
    return this.run.suites.baseline.state.kind === 'running'
      ? this.checks('baseline', 'passed')
      : this;
  }

  claims(id: string, pid = 42): this {
    return this.happens({ type: 'attempt.claimed', ...this.#attempt(id), pid });
  }

  ends(id: string, failure: Failure | FailureReason | null, jitter = 0): this {
    const event = { type: 'attempt.ended' as const, ...this.#attempt(id), offset: 0, jitter };
    return this.happens({ ...event, outcome: outcome(failure) });
  }

  /** Ends its attempt with a report of success, in a session that it names. */
  endsIn(id: string, session: string | null, usage: Outcome['usage'] = null): this {
    const event = { type: 'attempt.ended' as const, ...this.#attempt(id), offset: 0, jitter: 0 };
    return this.happens({ ...event, outcome: { ...outcome(), sessionId: session, usage } });
  }

  /** Adds a message of the user. */
  nudges(id: string, message = 'And the docs?'): this {
    return this.happens({ type: 'nudge.requested', task: keyOf(id), message, by: 'a person' });
  }

  proves(id: string, ok = true): this {
    const evidence = [{ kind: 'diff' as const, ok, detail: ok ? '2 files' : 'No file changed.' }];
    const files = ok ? ['src/a.ts'] : [];
    return this.happens({ type: 'evidence.checked', ...this.#attempt(id), evidence, files });
  }

  /** Ends its attempt with success and proves it. */
  completes(id: string): this {
    return this.ends(id, null).proves(id);
  }

  revokes(id: string): this {
    return this.happens({ type: 'attempt.revoked', ...this.#attempt(id) });
  }

  closes(id: string, problem: string | null = null): this {
    return this.happens({ type: 'close.ended', task: keyOf(id), problem });
  }

  /** `null` cancels the whole run. */
  cancels(id: string | null): this {
    const task = id === null ? null : keyOf(id);
    return this.happens({ type: 'cancel.requested', task, by: 'a person' });
  }

  outside(id: string, blockedBy: Blocker[]): this {
    return this.happens({ type: 'outside.changed', task: keyOf(id), blockedBy });
  }

  #attempt(id: string): { task: TaskRecord['planned']['key']; attempt: number } {
    return { task: keyOf(id), attempt: this.task(id).attempt };
  }

  #idOf(key: TaskRecord['planned']['key']): string {
    return this.run.tasks.get(key)?.planned.id ?? key;
  }

  #record(event: RunEventBody): void {
    const line: RunEvent = { v: FORMAT, seq: this.journal.length + 1, at: this.#at, event };
    this.journal.push(line);
    evolve(this.run, line);
  }

  #decide(): void {
    this.actions = [];
    for (let { action } = decide(this.run); action !== null; { action } = decide(this.run)) {
      this.#record(action);
      this.actions.push(action);
      assert.ok(this.actions.length < 10_000, 'the decisions never come to rest');
    }
  }
}

/** Returns a rehearsal whose first phase is over. */
export function launchedRun(plan: RunSpec): Rehearsal {
  return new Rehearsal(plan).prepares();
}
