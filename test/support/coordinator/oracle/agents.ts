import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import { change, named } from './change.ts';
import { kindOf } from './kinds.ts';
import type { Model, ModelBreaker, ModelTask, ModelWindow } from './model.ts';

const CLOSED: ModelBreaker = { row: [], openUntil: null, trial: null };

/** Returns the agent of a task's next attempt; empty if there is none. */
export function agentOf({ planned, choice }: ModelTask): string {
  return planned.agents[choice]?.agent ?? '';
}

/** Returns the provider that receives the requests of that agent. */
export function providerOf({ planned, choice }: ModelTask): string {
  const agent = planned.agents[choice];
  return agent === undefined || agent.provider === '' ? (agent?.agent ?? '') : agent.provider;
}

export function windowOf({ plan, windows }: Model, provider: string): ModelWindow {
  return (
    windows[provider] ?? {
      limit: plan.maxConcurrent,
      closedUntil: 0,
      consecutiveSuccesses: 0,
      succeeded: 0,
    }
  );
}

export function breakerOf({ breakers }: Model, agent: string): ModelBreaker {
  return breakers[agent] ?? CLOSED;
}

function withWindow(model: Model, provider: string, changes: Partial<ModelWindow>): Model {
  const window = { ...windowOf(model, provider), ...changes };
  return { ...model, windows: { ...model.windows, [provider]: window } };
}

function withBreaker(model: Model, agent: string, changes: Partial<ModelBreaker>): Model {
  const breaker = { ...breakerOf(model, agent), ...changes };
  return { ...model, breakers: { ...model.breakers, [agent]: breaker } };
}

/** Returns whether the agent's breaker forbids launches. */
function isBreakerOpen(model: Model, agent: string): boolean {
  const { openUntil, trial } = breakerOf(model, agent);
  return openUntil !== null && (model.now < openUntil || trial !== null);
}

/** Returns whether the agent of a task may start one more attempt. */
export function hasCapacity(model: Model, task: ModelTask): boolean {
  const [agent, provider] = [agentOf(task), providerOf(task)];
  const running = model.tasks.filter(({ progress }) => progress.kind === 'running');
  const window = windowOf(model, provider);
  const limits = model.plan.tasks
    .flatMap(({ agents }) => agents)
    .flatMap((each) => (each.agent === agent && each.maxConcurrent ? [each.maxConcurrent] : []));
  return (
    !isBreakerOpen(model, agent) &&
    window.closedUntil <= model.now &&
    running.filter((other) => providerOf(other) === provider).length < window.limit &&
    running.filter((other) => agentOf(other) === agent).length < Math.min(Infinity, ...limits)
  );
}

/**
 * Returns the time at which a task may start without any other event, ms; empty if it may start now, or if a trial
 * decides.
 */
export function opensAt(model: Model, task: ModelTask): number[] {
  const { openUntil, trial } = breakerOf(model, agentOf(task));
  const at = Math.max(openUntil ?? 0, windowOf(model, providerOf(task)).closedUntil);
  return trial === null && at > model.now ? [at] : [];
}

/** Applies the start of an attempt of the task; the first one after the agent's breaker opened is its trial. */
export function launched(model: Model, task: ModelTask): Model {
  const agent = agentOf(task);
  return breakerOf(model, agent).openUntil === null
    ? model
    : withBreaker(model, agent, { trial: task.planned.key });
}

/** Applies the end of an attempt, with any outcome. */
export function landed(model: Model, task: ModelTask): Model {
  const agent = agentOf(task);
  return breakerOf(model, agent).trial === task.planned.key
    ? withBreaker(model, agent, { trial: null })
    : model;
}

/** Applies the success of an attempt of the task. */
export function succeeded(model: Model, task: ModelTask): Model {
  const { limit, consecutiveSuccesses, succeeded: before } = windowOf(model, providerOf(task));
  const full = consecutiveSuccesses + 1 >= limit;
  const window = {
    limit: full ? Math.min(model.plan.maxConcurrent, limit + 1) : limit,
    consecutiveSuccesses: full ? 0 : consecutiveSuccesses + 1,
    succeeded: before + 1,
  };
  return withBreaker(withWindow(model, providerOf(task), window), agentOf(task), CLOSED);
}

/** Applies a refusal by the provider of the task until `until`, ms. */
export function refusedUntil(model: Model, task: ModelTask, until: number): Model {
  const provider = providerOf(task);
  const live = model.tasks.filter(
    (other) => other.progress.kind === 'running' && providerOf(other) === provider,
  ).length;
  const closedUntil = Math.max(windowOf(model, provider).closedUntil, until);
  const limit = Math.max(1, Math.floor(live / 2));
  return withWindow(model, provider, { limit, closedUntil, consecutiveSuccesses: 0 });
}

/** Returns how often in a row the provider has refused the task. */
export function refusalsInARow(model: Model, task: ModelTask): number {
  const { succeeded: now } = windowOf(model, providerOf(task));
  return task.refusedAfter.filter((then) => then === now).length;
}

/** Applies a failure of an attempt of the task that is its agent's own fault. */
export function blamed(model: Model, task: ModelTask): Model {
  const agent = agentOf(task);
  const before = breakerOf(model, agent);
  const row: readonly TaskKey[] = [...before.row, task.planned.key];
  const openUntil = model.now + model.plan.breaker.cooldownMs;
  if (before.openUntil !== null) {
    return before.trial === task.planned.key
      ? abandoned(withBreaker(model, agent, { row, openUntil, trial: null }), agent)
      : withBreaker(model, agent, { row });
  }
  const opens = row.length >= model.plan.breaker.failures && new Set(row).size > 1;
  return withBreaker(model, agent, opens ? { row, openUntil } : { row });
}

/** Moves the tasks that wait for an agent whose trial failed to their next agent, or fails them if there is none. */
function abandoned(model: Model, agent: string): Model {
  const waiting = model.tasks.filter(
    (task) => kindOf(model, task) === 'ready' && agentOf(task) === agent,
  );
  return waiting.reduce((after, task) => {
    const last = task.choice + 1 >= task.planned.agents.length;
    const next = last ? { progress: { kind: 'failed' as const } } : switched(task.choice + 1);
    return change(after, named(task.planned.key), next);
  }, model);
}

/** Returns the fields that change with the agent of a task. */
export function switched(choice: number): Partial<ModelTask> {
  return { choice, retries: 0, refusedAfter: [], session: null, resume: null };
}

/** Moves the ready tasks of agents with an open breaker to their next working agent, if there is one. */
export function routed(model: Model): Model {
  if (Object.values(model.breakers).every(({ openUntil }) => openUntil === null)) {
    return model;
  }
  const stuck = model.tasks.filter(
    (task) => isBreakerOpen(model, agentOf(task)) && kindOf(model, task) === 'ready',
  );
  return stuck.reduce((after, task) => {
    const choice = task.planned.agents.findIndex(
      ({ agent }, place) => place > task.choice && breakerOf(model, agent).openUntil === null,
    );
    return choice < 0 ? after : change(after, named(task.planned.key), switched(choice));
  }, model);
}

/** Applies news from other runs; ignores agents and providers that the run does not use. */
export function applyExternal(
  model: Model,
  event: Extract<RunEventBody, { type: 'provider.throttled_elsewhere' | 'breaker.synced' }>,
): Model {
  const all = model.plan.tasks.flatMap(({ agents }) => agents);
  if (event.type === 'provider.throttled_elsewhere') {
    const { provider, until } = event;
    const known = all.some((each) => (each.provider || each.agent) === provider);
    const closedUntil = Math.max(windowOf(model, provider).closedUntil, until);
    return known ? withWindow(model, provider, { closedUntil }) : model;
  }
  const { agent, until } = event;
  if (!all.some((each) => each.agent === agent)) {
    return model;
  }
  const before = breakerOf(model, agent).openUntil ?? 0;
  return withBreaker(
    model,
    agent,
    until === null ? CLOSED : { openUntil: Math.max(before, until) },
  );
}
