import { strict as assert } from 'node:assert';
import { afterFailure } from '../../../../src/coordinator/run/failure/after-failure.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import {
  blamed,
  landed,
  launched,
  providerOf,
  refusalsInARow,
  refusedUntil,
  routed,
  succeeded,
  switched,
  windowOf,
} from './agents.ts';
import { liveSpent, reported } from './budget.ts';
import { change, named } from './change.ts';
import { kindOf } from './kinds.ts';
import type { Model, ModelTask } from './model.ts';
import { lacking } from './resume.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;
type AttemptEvent = Extract<RunEventBody, { task: TaskKey; attempt: number }>;

/** Applies an event of an attempt; an event that does not fit its task's state changes nothing. */
export function attempted(model: Model, event: AttemptEvent, seq: number): Model {
  const task = model.tasks.find(named(event.task));
  if (task === undefined) {
    return model;
  }
  const patch = (changes: Partial<ModelTask>): Model => change(model, named(event.task), changes);
  if (event.type === 'attempt.requested') {
    return kindOf(model, task) === 'ready' && event.attempt === task.attempt + 1
      ? started(model, task, {
          attempt: event.attempt,
          choice: event.choice,
          resume: event.resume ?? null,
          session: event.resume?.session ?? null,
          since: task.since ?? model.now,
          why: null,
          launchedAs: seq,
          progress: { kind: 'running', stopping: false },
        })
      : model;
  }
  const expects = event.type.startsWith('evidence') ? 'verifying' : 'running';
  if (event.attempt !== task.attempt || task.progress.kind !== expects) {
    return model;
  }
  switch (event.type) {
    // These plans have no interactive agents.
    case 'judgement.requested':
      return model;
    case 'attempt.cancel.requested':
      return patch({ progress: { kind: 'running', stopping: true } });
    case 'attempt.revoked':
      return change(landed(model, task), named(event.task), {
        revokedCount: task.revokedCount + 1,
        since: task.attempt === task.revokedCount + 1 ? null : task.since,
        progress: { kind: task.why === 'limit' ? 'failed' : task.stop ? 'cancelled' : 'idle' },
      });
    case 'evidence.requested':
      return patch({ progress: { kind: 'verifying', requested: true } });
    case 'evidence.checked':
      return patch(
        event.evidence.every(({ ok }) => ok)
          ? { progress: { kind: 'completed', close: 'open' } }
          : lacking(model, task, event.evidence),
      );
    case 'attempt.progress':
      return reported(model, task, event.usage ?? task.live, false);
    case 'attempt.ended': {
      const used = event.outcome.usage ?? task.live;
      const known = reported(model, task, used, true);
      const spent = [...task.spent, liveSpent(task, used)];
      const session = event.outcome.sessionId ?? task.session;
      const settled = change(known, named(event.task), { spent, session, live: null });
      return landed(attemptEnded(settled, task, event), task);
    }
    case 'attempt.claimed':
    case 'result.received':
      return model;
  }
}

/** Applies the end of an attempt: it first counts for or against the agent. */
function attemptEnded(model: Model, task: ModelTask, event: Ended): Model {
  const { failure } = event.outcome;
  const key = named(task.planned.key);
  if (failure === null) {
    const judged = routed(succeeded(model, task));
    return change(judged, key, { progress: { kind: 'verifying', requested: false } });
  }
  if (task.why !== null) {
    return change(model, key, { progress: { kind: 'failed' } });
  }
  return task.stop
    ? change(model, key, { progress: { kind: 'cancelled' } })
    : failed(model, task, event);
}

function failed(model: Model, task: ModelTask, { outcome: { failure }, jitter }: Ended): Model {
  assert.ok(failure);
  const agent = task.planned.agents[task.choice];
  const consequence = afterFailure(failure, {
    retries: task.retries,
    maxRetries: agent?.maxRetries ?? 0,
    throttles: refusalsInARow(model, task),
    fallbacks: task.planned.agents.length - 1 - task.choice,
    retryDelayMs: model.plan.retryDelayMs,
    jitter,
    ownCommand: agent?.agent === 'run',
  });
  const judged = consequence.blames === 'agent' ? routed(blamed(model, task)) : model;
  const become = (changes: Partial<ModelTask>): Model =>
    change(judged, named(task.planned.key), changes);
  switch (consequence.kind) {
    case 'retry': {
      const until = model.now + consequence.delayMs;
      return become({ retries: task.retries + 1, resume: null, progress: { kind: 'held', until } });
    }
    case 'wait': {
      const until = model.now + consequence.delayMs;
      const { succeeded: now } = windowOf(model, providerOf(task));
      const refusedAfter = [...task.refusedAfter, now];
      const progress = { kind: 'held' as const, until };
      return change(refusedUntil(judged, task, until), named(task.planned.key), {
        refusedAfter,
        resume: null,
        progress,
      });
    }
    case 'fallback':
      return become({ ...switched(task.choice + 1), progress: { kind: 'idle' } });
    case 'cancel':
      return become({ progress: { kind: 'cancelled' } });
    case 'give_up':
      return become({ progress: { kind: 'failed' } });
  }
}

function started(model: Model, task: ModelTask, changes: Partial<ModelTask>): Model {
  return launched(change(model, named(task.planned.key), changes), { ...task, ...changes });
}
