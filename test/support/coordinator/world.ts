import { strict as assert } from 'node:assert';
import type { RunState, TestsResult } from '../../../src/coordinator/run/state/state.ts';
import type { Outcome } from '../../../src/coordinator/schema/attempt.ts';
import type { RunEventBody, SuiteJob } from '../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../src/shared/ids.ts';
import { mustNotOverlap } from './oracle/mutexes.ts';
import { outcome, testsResult } from './outcomes.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' | 'check.ended' }>;
type Runner =
  | { readonly task: TaskKey; readonly attempt: number }
  | { readonly job: SuiteJob; readonly attempt: number };

/** A launched runner, as the machine knows it, independent of the journal. */
interface Launched {
  readonly runner: Runner;
  status: 'launched' | 'alive' | 'ended' | 'revoked';
  ended: Ended | null;
  /** Tokens that it has reported so far. */
  used: number;
}

/** A request that is not answered yet. */
export type Pending = { readonly kind: 'runner'; readonly name: string } | Asked;
type Asked =
  | { readonly kind: 'evidence'; readonly task: TaskKey; readonly attempt: number }
  | { readonly kind: 'close'; readonly task: TaskKey };

/** Everything outside of the coordinator: runners survive its death, and remember how they ended. */
export class World {
  readonly #plan: RunSpec;
  readonly #runners = new Map<string, Launched>();
  #asked: Asked[] = [];

  constructor(plan: RunSpec) {
    this.#plan = plan;
  }

  /** Returns what can be answered next, oldest first. */
  pending(): Pending[] {
    const runners = [...this.#runners].flatMap(([name, { status }]): Pending[] =>
      status === 'launched' || status === 'alive' ? [{ kind: 'runner', name }] : [],
    );
    return [...runners, ...this.#asked];
  }

  /** Asserts the preconditions of a decision before it is performed. */
  expect(run: RunState, action: RunEventBody): void {
    if (action.type !== 'attempt.requested') {
      return;
    }
    const record = run.tasks.get(action.task);
    assert.ok(record);
    for (const key of record.planned.dependencies) {
      const kind = run.tasks.get(key)?.state.kind ?? 'excluded';
      assert.ok(kind === 'completed' || kind === 'excluded', `${action.task} before ${key}`);
    }
  }

  perform(actions: readonly RunEventBody[]): void {
    for (const action of actions) {
      if (action.type === 'attempt.requested') {
        this.#launch({ task: action.task, attempt: action.attempt });
      } else if (action.type === 'check.requested') {
        this.#launch({ job: action.job, attempt: action.attempt });
      } else if (action.type === 'evidence.requested') {
        this.#asked.push({ kind: 'evidence', task: action.task, attempt: action.attempt });
      } else if (action.type === 'close.requested') {
        this.#asked.push({ kind: 'close', task: action.task });
      }
    }
  }

  #launch(runner: Runner): void {
    const name = nameOf(runner);
    assert.ok(!this.#runners.has(name), `${name} starts twice`);
    this.#runners.set(name, { runner, status: 'launched', ended: null, used: 0 });
    const tasks = this.#live().flatMap((live) => ('task' in live ? [live.task] : []));
    assert.equal(new Set(tasks).size, tasks.length, 'two attempts of a task live at once');
    const together = tasks.filter(
      (task) => 'task' in runner && mustNotOverlap(this.#plan, task, runner.task),
    );
    assert.deepEqual(together, [], `${name} starts beside what it must not run with`);
    const limit = this.#plan.sequential ? 1 : this.#plan.maxConcurrent;
    assert.ok(tasks.length <= limit, 'more attempts than the limit allows');
  }

  #live(): Runner[] {
    return [...this.#runners.values()].flatMap(({ runner, status }) =>
      status === 'launched' || status === 'alive' ? [runner] : [],
    );
  }

  /** Returns the fact that answers a request; a runner's first answer is that it has started. */
  answer(pending: Pending, well: boolean, answer: Answer): RunEventBody {
    if (pending.kind === 'runner') {
      return this.#answerRunner(pending.name, answer);
    }
    this.#asked = this.#asked.filter((asked) => asked !== pending);
    const { task } = pending;
    if (pending.kind === 'close') {
      return { type: 'close.ended', task, problem: well ? null : 'The line is gone.' };
    }
    const evidence = [{ kind: 'diff' as const, ok: well, detail: 'As git says.' }];
    return { type: 'evidence.checked', task, attempt: pending.attempt, evidence, files: [] };
  }

  #answerRunner(
    name: string,
    { how, failure, tests, jitter, tokens, known }: Answer,
  ): RunEventBody {
    const launched = this.#runners.get(name);
    assert.ok(launched);
    const { runner } = launched;
    if (how === 'revoke' && launched.status === 'launched') {
      launched.status = 'revoked';
      return 'task' in runner
        ? { type: 'attempt.revoked', ...runner }
        : { type: 'check.revoked', ...runner };
    }
    if (how === 'claim' || how === 'revoke') {
      launched.status = 'alive';
      return claimed(runner);
    }
    if (how === 'progress') {
      launched.status = 'alive';
      launched.used += tokens;
      return progress(runner, launched.used);
    }
    launched.status = 'ended';
    launched.used += tokens;
    const sessionId = known ? `session of ${name}` : null;
    const end = { ...outcome(failure), sessionId, usage: usageOf(launched.used) };
    launched.ended = ended(runner, end, tests, jitter);
    return launched.ended;
  }

  /** Returns what a new coordinator finds out about everything that the journal lists as running. */
  reconcile(run: RunState, losesRunners: boolean): RunEventBody[] {
    this.#asked = run.order.flatMap(({ planned, state, attempt }): Asked[] => {
      if (state.kind === 'verifying' && state.stage === 'requested') {
        return [{ kind: 'evidence', task: planned.key, attempt }];
      }
      return state.kind === 'completed' && state.close.kind === 'requested'
        ? [{ kind: 'close', task: planned.key }]
        : [];
    });
    return runningOf(run).flatMap((runner) => this.#findOut(runner, losesRunners));
  }

  #findOut(runner: Runner, lost: boolean): RunEventBody[] {
    const name = nameOf(runner);
    const launched = this.#runners.get(name) ?? { runner, status: 'revoked', ended: null, used: 0 };
    this.#runners.set(name, launched);
    if (launched.status === 'launched' && lost) {
      launched.status = 'revoked';
    }
    if (launched.status === 'alive' && lost) {
      launched.status = 'ended';
      launched.ended = ended(runner, outcome('interrupted'), null, 0);
    }
    if (launched.status === 'revoked') {
      return [
        'task' in runner
          ? { type: 'attempt.revoked', ...runner }
          : { type: 'check.revoked', ...runner },
      ];
    }
    return launched.ended === null ? [] : [launched.ended];
  }
}

/** The answer of a script; fields that do not fit the request are ignored. */
export interface Answer {
  readonly how: 'end' | 'claim' | 'progress' | 'revoke';
  readonly failure: Parameters<typeof outcome>[0];
  readonly tests: TestsResult['status'] | null;
  readonly jitter: number;
  /** Tokens used since its last report. */
  readonly tokens: number;
  /** Whether it reports its session. */
  readonly known: boolean;
}

function nameOf(runner: Runner): string {
  return `${'task' in runner ? runner.task : runner.job} attempt ${runner.attempt}`;
}

function runningOf(run: RunState): Runner[] {
  const attempts = run.order.flatMap(({ planned, state, attempt }) =>
    state.kind === 'running' ? [{ task: planned.key, attempt }] : [],
  );
  const jobs = (['refresh', 'baseline', 'tests'] as const).filter(
    (job) => run.suites[job].state.kind === 'running',
  );
  return [...attempts, ...jobs.map((job) => ({ job, attempt: run.suites[job].attempt }))];
}

function claimed(runner: Runner): RunEventBody {
  return 'task' in runner
    ? { type: 'attempt.claimed', ...runner, pid: 42 }
    : { type: 'check.claimed', ...runner, pid: 42 };
}

function usageOf(tokens: number): Outcome['usage'] {
  return tokens === 0 ? null : { inputTokens: tokens, outputTokens: 1, costUsd: null };
}

function progress(runner: Runner, tokens: number): RunEventBody {
  if (!('task' in runner)) {
    return claimed(runner);
  }
  return {
    type: 'attempt.progress',
    ...runner,
    offset: 100,
    step: 'reads',
    needsYou: null,
    throttledUntil: null,
    usage: usageOf(tokens),
  };
}

function ended(
  runner: Runner,
  how: Outcome,
  tests: TestsResult['status'] | null,
  jitter: number,
): Ended {
  const result = tests === null ? null : testsResult(tests);
  return 'task' in runner
    ? { type: 'attempt.ended', ...runner, offset: 200, outcome: how, jitter }
    : { type: 'check.ended', ...runner, offset: 200, outcome: how, tests: result };
}
