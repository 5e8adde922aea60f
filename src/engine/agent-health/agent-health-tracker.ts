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

type RunEvent = Topics['run.event'];

/** The dependencies of an `AgentHealthTracker`. */
export interface AgentHealthTrackerDeps {
  readonly bus: CoordinatorBus;
  readonly runs: Pick<GroupRunRegistry, 'post'>;
  readonly health: AgentHealthStore;
  /** Returns the current launch fingerprint of an agent. */
  readonly launchOf: (agent: string) => string;
}

/** The agent of a task's own command, which the user can neither sign in to nor register. */
const COMMAND_AGENT = 'run';

/**
 * Learns about agents from the runs of this process. Records missing sign-ins and the opening and closing of breakers,
 * and forwards breaker changes and throttling to the other runs.
 */
export class AgentHealthTracker implements Disposable {
  readonly #deps: AgentHealthTrackerDeps;
  readonly #breakers = new Map<RunId, readonly BreakerView[]>();
  /** The launch spec of each live attempt, by attempt name. */
  readonly #launched = new Map<string, LaunchSpec>();
  readonly #subscriptions: Disposable[];

  constructor(deps: AgentHealthTrackerDeps) {
    this.#deps = deps;
    this.#subscriptions = [
      deps.bus.subscribe('run.started', 'agents', ({ run, state }) => {
        this.#breakers.set(run, breakersOf(state));
      }),
      deps.bus.subscribe('run.event', 'agents', (message) => {
        this.#onRunEvent(message);
      }),
      deps.bus.subscribe('run.ended', 'agents', ({ run }) => {
        this.#breakers.delete(run);
      }),
    ];
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  #onRunEvent(message: RunEvent): void {
    const { event, run, state } = message;
    if (event.type === 'attempt.requested') {
      const spec = state.tasks.get(event.task)?.planned.agents[event.choice];
      if (spec !== undefined) {
        this.#launched.set(attemptName(run, event), spec);
      }
    } else if (event.type === 'attempt.ended') {
      this.#attemptEnded(message, event);
    }
    if (event.type === 'attempt.ended' || event.type === 'breaker.synced') {
      this.#compareBreakers(message, event);
    }
  }

  #attemptEnded(
    { run, state, at }: RunEvent,
    event: Extract<RunEventBody, { type: 'attempt.ended' }>,
  ): void {
    const name = attemptName(run, event);
    const record = state.tasks.get(event.task);
    const spec = this.#launched.get(name) ?? record?.planned.agents[record.choice];
    this.#launched.delete(name);
    if (spec === undefined || spec.agent === COMMAND_AGENT) {
      return;
    }
    const update = signInUpdate(event, at);
    if (update !== null) {
      this.#note(spec.agent, update);
    }
    if (event.outcome.failure?.reason === 'throttled') {
      const provider = providerOf(spec);
      const until = state.windows.get(provider)?.closedUntil ?? 0;
      if (until > at) {
        this.#notifyOtherRuns(run, { type: 'provider.throttled_elsewhere', provider, until });
      }
    }
  }

  #compareBreakers({ run, state, at }: RunEvent, { type }: RunEventBody): void {
    const now = breakersOf(state, at);
    const changes = breakerChanges(this.#breakers.get(run) ?? [], now);
    this.#breakers.set(run, now);
    for (const { agent, until } of changes) {
      // Other runs already know about changes that they sent. The end of a cooldown needs no event.
      if (type === 'attempt.ended' && agent !== COMMAND_AGENT) {
        this.#note(agent, { kind: 'breaker', until });
        this.#notifyOtherRuns(run, { type: 'breaker.synced', agent, until });
      }
    }
  }

  #note(agent: string, update: AgentHealthUpdate): void {
    void this.#deps.health.note(agent, update, this.#deps.launchOf(agent));
  }

  #notifyOtherRuns(run: RunId, event: RunEventBody): void {
    this.#deps.runs.post(({ plan }) => (plan.run === run ? [] : [event]));
  }
}

function attemptName(
  run: RunId,
  { task, attempt }: { readonly task: string; readonly attempt: number },
): string {
  return `${run}\n${task}\n${attempt}`;
}
