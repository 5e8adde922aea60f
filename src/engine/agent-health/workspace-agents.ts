import { findInstalled, type InstalledProgram } from '../../agents/installed.ts';
import { type AgentHealth, factsOf } from '../../coordinator/agents/agent-health.ts';
import type { AgentFacts } from '../../coordinator/agents/agent-state.ts';
import { heldBy, runningByAgent } from '../../coordinator/agents/learn-health.ts';
import { projectAgents } from '../../coordinator/agents/project-agents.ts';
import { BUILT_IN_AGENTS } from '../../shared/agent-ids.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Failure } from '../../shared/failure.ts';
import { asAgentId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { AgentsView } from '../../shared/view-models/agent-views.ts';
import { buildRegistry, type BuiltRegistry } from '../agents/build-registry.ts';
import { programOf } from '../agents/built-in-program.ts';
import { type Dispatcher, programFinder } from '../agents/resolve-agents.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { GroupRunRegistry } from '../groups/group-run-registry.ts';
import { AgentHealthStore, launchFingerprint } from './agent-health-store.ts';
import { AgentHealthTracker } from './agent-health-tracker.ts';

/** The dependencies of `WorkspaceAgents`. */
export interface WorkspaceAgentsDeps {
  readonly context: RunContext;
  readonly runs: GroupRunRegistry;
  readonly loaded: () => LoadedConfig;
  /** Whether it is allowed to start programs to read their versions. */
  readonly isTrusted: () => boolean;
  readonly changed: () => void;
}

/** How long active runs exclude an unregistered agent, ms: longer than any run lasts. */
const EXCLUSION_MS = 7 * 24 * 3600 * 1000;

/** The agents of a workspace with their health, and the user's commands on them. */
export class WorkspaceAgents implements Disposable {
  readonly #deps: WorkspaceAgentsDeps;
  readonly #store: AgentHealthStore;
  readonly #tracker: AgentHealthTracker;
  /** The programs found for the configured paths (`of`); `null` if they must be searched for again. */
  #installed: { readonly of: string; readonly found: readonly InstalledProgram[] } | null = null;
  /** The registry last shown, and the inputs (`from`) that it was built from. */
  #shown: { readonly from: readonly unknown[]; readonly built: BuiltRegistry } | null = null;

  constructor(deps: WorkspaceAgentsDeps) {
    this.#deps = deps;
    this.#store = new AgentHealthStore(deps.context.workspaceRoot, (before, external) => {
      if (external) {
        this.#followOthers(before);
      }
      deps.changed();
    });
    this.#tracker = new AgentHealthTracker({
      bus: deps.context.bus,
      runs: deps.runs,
      health: this.#store,
      launchOf: (agent) => launchFingerprint(deps.context.config(), agent),
    });
  }

  /** Reads the recorded health. */
  open(): Promise<void> {
    return this.#store.read();
  }

  /** Starts following the health that other processes record. */
  follow(): Promise<void> {
    return this.#store.follow();
  }

  /** Returns all agents for the views. The first call asks the installed programs for their versions. */
  async view(): Promise<AgentsView> {
    const { registry, problems, notices } = await this.#cachedRegistry(await this.#findInstalled());
    const { named, problems: wrong } = this.#deps.loaded();
    return projectAgents({
      registry,
      facts: this.#facts(),
      problems: [...wrong, ...problems],
      notices,
      lineOf: (section, name) =>
        named.findLast((place) => place.section === section && place.name === name)?.line ?? 1,
    });
  }

  /** Returns the agents that can currently receive tasks. */
  async dispatcher(): Promise<Dispatcher> {
    await this.#store.read();
    const { registry } = await this.#build(this.#installed?.found ?? []);
    return { registry, facts: this.#facts() };
  }

  /** Returns the number of tasks that an agent is working on, over all known runs. */
  running(agent: string): number {
    return this.#facts().running.get(agent) ?? 0;
  }

  /** Unregisters an agent and stops its tasks. Returns a sentence on failure, else `null`. */
  async unregister(agent: string): Promise<string | null> {
    const unknown = await this.#unknown(agent);
    if (unknown !== null) {
      return unknown;
    }
    const { context, runs } = this.#deps;
    await this.#store.note(agent, { kind: 'unregistered' }, this.#fingerprint(agent));
    this.#syncBreaker(agent, context.clock.now() + EXCLUSION_MS);
    for (const handle of runs.all()) {
      const state = handle.current()?.state;
      const tasks = state?.ended === null ? heldBy(state, agent) : [];
      for (const { planned } of tasks) {
        if (handle.active === null) {
          // The journal shows whether its coordinator does.
          await handle.ask({ kind: 'cancel', task: planned.key });
        } else {
          handle.active.cancel(planned.key, context.label);
        }
      }
    }
    return null;
  }

  /** Registers an unregistered agent again, so that it receives tasks. Returns a sentence on failure, else `null`. */
  async registerAgain(agent: string): Promise<string | null> {
    if (!this.#store.health.unregistered.includes(agent)) {
      return (await this.#unknown(agent)) ?? t('{0} is registered already.', agent);
    }
    await this.#store.note(agent, { kind: 'registered' }, this.#fingerprint(agent));
    this.#syncBreaker(agent, null);
    return null;
  }

  /** Forgets the health of an agent that is no longer defined. Never fails. */
  async forget(agent: string): Promise<null> {
    const launch = this.#fingerprint(agent);
    for (const kind of ['registered', 'signed_in'] as const) {
      await this.#store.note(agent, { kind }, launch);
    }
    await this.#store.note(agent, { kind: 'breaker', until: null }, launch);
    return null;
  }

  /**
   * Forgets that an agent was not signed in and searches for installed programs again. Returns a sentence on failure,
   * else `null`.
   */
  async checkAgain(agent: string): Promise<string | null> {
    this.#installed = null;
    const unknown = await this.#unknown(agent);
    if (unknown === null) {
      await this.#store.note(agent, { kind: 'signed_in' }, this.#fingerprint(agent));
      this.#deps.changed();
    }
    return unknown;
  }

  /** Records whether the test of an agent showed it to be signed in. Never fails. */
  async tested(agent: string, failed: Failure | null): Promise<void> {
    if (failed === null) {
      await this.checkAgain(agent);
    } else if (failed.reason === 'authentication') {
      const at = this.#deps.context.clock.now();
      const { message } = failed;
      await this.#store.note(agent, { kind: 'signed_out', at, message }, this.#fingerprint(agent));
    }
  }

  /** Forgets all missing sign-ins: before a retry, the user may have signed in. Never fails. */
  async trySignInsAgain(): Promise<void> {
    for (const agent of Object.keys(this.#store.health.notSignedIn)) {
      await this.#store.note(agent, { kind: 'signed_in' }, this.#fingerprint(agent));
    }
  }

  /** Resets the breaker of an agent, so that it can start at once. Returns a sentence on failure, else `null`. */
  async resetBreaker(agent: string): Promise<string | null> {
    const unknown = await this.#unknown(agent);
    if (unknown === null) {
      await this.#store.note(agent, { kind: 'breaker', until: null }, this.#fingerprint(agent));
      this.#syncBreaker(agent, null);
    }
    return unknown;
  }

  /** Resolves when all recorded health is on disk. */
  settled(): Promise<void> {
    return this.#store.settled();
  }

  dispose(): void {
    this.#tracker.dispose();
    this.#store.dispose();
  }

  #syncBreaker(agent: string, until: number | null): void {
    const event = { type: 'breaker.synced', agent: asAgentId(agent), until } as const;
    this.#deps.runs.post(() => [event]);
  }

  /** Applies registrations and breaker resets by another process to the runs of this process. */
  #followOthers(before: AgentHealth): void {
    const { unregistered, breakers } = this.#store.health;
    const until = this.#deps.context.clock.now() + EXCLUSION_MS;
    for (const agent of unregistered.filter((each) => !before.unregistered.includes(each))) {
      this.#syncBreaker(agent, until);
    }
    const registered = before.unregistered.filter((each) => !unregistered.includes(each));
    const reset = Object.keys(before.breakers).filter((each) => !(each in breakers));
    for (const agent of [...registered, ...reset]) {
      this.#syncBreaker(agent, null);
    }
  }

  async #unknown(agent: string): Promise<string | null> {
    const { registry } = await this.#build(await this.#findInstalled());
    return registry.known().some(({ id }) => id === agent)
      ? null
      : t('There is no agent called {0}.', agent);
  }

  /** Returns a cached registry, because views ask often. Rebuilds it only if one of its inputs has changed. */
  async #cachedRegistry(installed: readonly InstalledProgram[]): Promise<BuiltRegistry> {
    const from = [this.#deps.loaded(), this.#store.health.unregistered, installed];
    if (this.#shown === null || !this.#shown.from.every((each, place) => each === from[place])) {
      this.#shown = { from, built: await this.#build(installed) };
    }
    return this.#shown.built;
  }

  #build(installed: readonly InstalledProgram[]): Promise<BuiltRegistry> {
    const { config, defined, configured, fromSettings } = this.#deps.loaded();
    const { unregistered } = this.#store.health;
    const sources = { defined, configured, fromSettings, installed, unregistered };
    return buildRegistry(config, programFinder(process.env), sources);
  }

  async #findInstalled(): Promise<readonly InstalledProgram[]> {
    if (!this.#deps.isTrusted()) {
      return [];
    }
    const config = this.#deps.context.config();
    const of = JSON.stringify(BUILT_IN_AGENTS.map((agent) => programOf(config, agent)));
    if (this.#installed?.of !== of) {
      const found = await findInstalled((agent) => programOf(config, agent));
      this.#installed = { of, found };
      const versions = Object.fromEntries(found.map(({ id, version }) => [id, version ?? '']));
      await this.#store.change((health) => ({ ...health, versions }));
    }
    return this.#installed.found;
  }

  #facts(): AgentFacts {
    const { context, runs } = this.#deps;
    const config = context.config();
    const states = runs.all().flatMap((handle) => handle.current()?.state ?? []);
    return {
      now: context.clock.now(),
      running: runningByAgent(states),
      allowed: config.policies.allowedAgents,
      ...factsOf(this.#store.health, (agent) => launchFingerprint(config, agent)),
    };
  }

  #fingerprint(agent: string): string {
    return launchFingerprint(this.#deps.context.config(), agent);
  }
}
