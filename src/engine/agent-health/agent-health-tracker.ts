import type { AgentHealthUpdate } from '../../coordinator/agents/agent-health.ts';
import { signInUpdate } from '../../coordinator/agents/learn-health.ts';
import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Topics } from '../../coordinator/messages/topics.ts';
import {
  breakerChanges,
  breakersOf,
  type BreakerView,
} from '../../coordinator/run/agents/breaker.ts';
import { providerOf } from '../../coordinator/run/agents/windows.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { RunId } from '../../shared/ids.ts';
import type { GroupRunRegistry } from '../groups/group-run-registry.ts';
import type { AgentHealthStore } from './agent-health-store.ts';

type OfRun = Topics['run.event'];

/** What the watch is put together from. */
export interface AgentHealthTrackerDeps {
  readonly bus: CoordinatorBus;
  readonly slots: Pick<GroupRunRegistry, 'tell'>;
  readonly notes: AgentHealthStore;
  /** How an agent is started now. */
  readonly launchOf: (agent: string) => string;
}

/** What is not about a program that a person could sign in to or register: a task's own command. */
const OWN_COMMAND = 'run';

/**
 * Learns of agents from the runs of this process: who is not signed in and whose breaker opens or closes is written
 * down, and breakers and throttles are told to the other runs.
 */
export class AgentHealthTracker implements Disposable {
  readonly #parts: AgentHealthTrackerDeps;
  readonly #breakers = new Map<RunId, readonly BreakerView[]>();
  /** Which of its agents each live attempt was launched with. */
  readonly #launched = new Map<string, LaunchSpec>();
  readonly #subscriptions: Disposable[];

  constructor(parts: AgentHealthTrackerDeps) {
    this.#parts = parts;
    this.#subscriptions = [
      parts.bus.subscribe('run.started', 'agents', ({ run, state }) => {
        this.#breakers.set(run, breakersOf(state));
      }),
      parts.bus.subscribe('run.event', 'agents', (message) => {
        this.#told(message);
      }),
      parts.bus.subscribe('run.ended', 'agents', ({ run }) => {
        this.#breakers.delete(run);
      }),
    ];
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  #told(message: OfRun): void {
    const { event, run, state } = message;
    if (event.type === 'attempt.requested') {
      const plan = state.tasks.get(event.task)?.planned.agents[event.choice];
      if (plan !== undefined) {
        this.#launched.set(nameOf(run, event), plan);
      }
    } else if (event.type === 'attempt.ended') {
      this.#attemptEnded(message, event);
    }
    if (event.type === 'attempt.ended' || event.type === 'breaker.synced') {
      this.#compareBreakers(message, event);
    }
  }

  #attemptEnded(
    { run, state, at }: OfRun,
    event: Extract<RunEventBody, { type: 'attempt.ended' }>,
  ): void {
    const name = nameOf(run, event);
    const record = state.tasks.get(event.task);
    const plan = this.#launched.get(name) ?? record?.planned.agents[record.choice];
    this.#launched.delete(name);
    if (plan === undefined || plan.agent === OWN_COMMAND) {
      return;
    }
    const news = signInUpdate(event, at);
    if (news !== null) {
      this.#note(plan.agent, news);
    }
    if (event.outcome.failure?.reason === 'throttled') {
      const provider = providerOf(plan);
      const until = state.windows.get(provider)?.closedUntil ?? 0;
      if (until > at) {
        this.#tellOthers(run, { type: 'provider.throttled_elsewhere', provider, until });
      }
    }
  }

  #compareBreakers({ run, state, at }: OfRun, { type }: RunEventBody): void {
    const now = breakersOf(state, at);
    const changes = breakerChanges(this.#breakers.get(run) ?? [], now);
    this.#breakers.set(run, now);
    for (const { agent, until } of changes) {
      // What was told by others is known there, and the end of a cooldown needs no telling.
      if (type === 'attempt.ended' && agent !== OWN_COMMAND) {
        this.#note(agent, { kind: 'breaker', until });
        this.#tellOthers(run, { type: 'breaker.synced', agent, until });
      }
    }
  }

  #note(agent: string, news: AgentHealthUpdate): void {
    void this.#parts.notes.note(agent, news, this.#parts.launchOf(agent));
  }

  #tellOthers(run: RunId, event: RunEventBody): void {
    this.#parts.slots.tell(({ plan }) => (plan.run === run ? [] : [event]));
  }
}

function nameOf(
  run: RunId,
  { task, attempt }: { readonly task: string; readonly attempt: number },
): string {
  return `${run}\n${task}\n${attempt}`;
}
