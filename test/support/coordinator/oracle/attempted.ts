import type { RunEventBody } from '../../../../src/coordinator/events.ts';
import { afterFailure } from '../../../../src/coordinator/run/after-failure.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import { liveSpent, reported } from './budget.ts';
import { change, named } from './change.ts';
import { kindOf } from './kinds.ts';
import type { Model, ModelTask } from './model.ts';

type AttemptEvent = Extract<RunEventBody, { task: TaskKey; attempt: number }>;

/** After something happened to an attempt; what does not fit its task's state changes nothing. */
export function attempted(model: Model, event: AttemptEvent, seq: number): Model {
  const task = model.tasks.find(named(event.task));
  if (task === undefined) {
    return model;
  }
  const patch = (changes: Partial<ModelTask>): Model => change(model, named(event.task), changes);
  if (event.type === 'attempt.requested') {
    return kindOf(model, task) === 'ready' && event.attempt === task.attempt + 1
      ? patch({
          attempt: event.attempt,
          choice: event.choice,
          why: null,
          launchedAs: seq,
          fate: { kind: 'running', stopping: false },
        })
      : model;
  }
  const expects = event.type.startsWith('evidence') ? 'checking' : 'running';
  if (event.attempt !== task.attempt || task.fate.kind !== expects) {
    return model;
  }
  switch (event.type) {
    case 'attempt.cancel.requested':
      return patch({ fate: { kind: 'running', stopping: true } });
    case 'attempt.revoked':
      return patch({ voided: task.voided + 1, fate: { kind: task.stop ? 'cancelled' : 'idle' } });
    case 'evidence.requested':
      return patch({ fate: { kind: 'checking', requested: true } });
    case 'evidence.checked':
      return patch({
        fate: event.evidence.every(({ ok }) => ok)
          ? { kind: 'completed', close: 'open' }
          : { kind: 'failed' },
      });
    case 'attempt.progress':
      return reported(model, task, event.usage ?? task.live, false);
    case 'attempt.ended': {
      const used = event.outcome.usage ?? task.live;
      const known = reported(model, task, used, true);
      const spent = [...task.spent, liveSpent(task, used)];
      const settled = change(known, named(event.task), { spent, live: null });
      return attemptEnded(settled, task, event);
    }
    case 'attempt.claimed':
    case 'result.received':
      return model;
  }
}

function attemptEnded(
  model: Model,
  task: ModelTask,
  { outcome: { failure }, jitter }: Extract<RunEventBody, { type: 'attempt.ended' }>,
): Model {
  const become = (changes: Partial<ModelTask>): Model =>
    change(model, named(task.planned.key), changes);
  const agent = task.planned.agents[task.choice];
  const name = agent?.agent ?? '';
  const most = model.plan.maxConcurrent;
  const window = model.windows[name] ?? { limit: most, closedUntil: 0 };
  if (failure === null) {
    const wider = { ...window, limit: Math.min(most, window.limit + 1) };
    const after = become({ fate: { kind: 'checking', requested: false } });
    return { ...after, windows: { ...model.windows, [name]: wider } };
  }
  if (task.why === 'budget') {
    return become({ fate: { kind: 'failed' } });
  }
  if (task.stop) {
    return become({ fate: { kind: 'cancelled' } });
  }
  const consequence = afterFailure(failure, {
    retries: task.retries,
    maxRetries: agent?.maxRetries ?? 0,
    throttles: task.throttles,
    fallbacks: task.planned.agents.length - 1 - task.choice,
    retryDelayMs: model.plan.retryDelayMs,
    jitter,
    ownCommand: name === 'run',
  });
  switch (consequence.kind) {
    case 'retry': {
      const until = model.now + consequence.delayMs;
      return become({ retries: task.retries + 1, fate: { kind: 'held', until } });
    }
    case 'wait': {
      const until = model.now + consequence.delayMs;
      const live = model.tasks.filter(
        ({ fate, planned, choice }) =>
          fate.kind === 'running' && planned.agents[choice]?.agent === name,
      ).length;
      const narrower = {
        limit: Math.max(1, Math.floor(live / 2)),
        closedUntil: Math.max(window.closedUntil, until),
      };
      const after = become({ throttles: task.throttles + 1, fate: { kind: 'held', until } });
      return { ...after, windows: { ...model.windows, [name]: narrower } };
    }
    case 'fallback':
      return become({ choice: task.choice + 1, fate: { kind: 'idle' } });
    case 'cancel':
      return become({ fate: { kind: 'cancelled' } });
    case 'give_up':
      return become({ fate: { kind: 'failed' } });
  }
}
