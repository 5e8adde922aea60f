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
import { askToCancel } from './stop-agent.ts';

/** What the desk works with. */
export interface WorkspaceAgentsDeps {
  readonly env: RunContext;
  readonly slots: GroupRunRegistry;
  readonly loaded: () => LoadedConfig;
  /** Whether programs may be started to ask for their versions. */
  readonly isTrusted: () => boolean;
  readonly changed: () => void;
}

/** How long an agent that was taken out is kept from runs that are under way, ms: longer than any of them. */
const KEPT_OUT_MS = 7 * 24 * 3600 * 1000;

/** Who can carry tasks out in this workspace, what was learnt of them, and what a person does about it. */
export class WorkspaceAgents implements Disposable {
  readonly #parts: WorkspaceAgentsDeps;
  readonly #notes: AgentHealthStore;
  readonly #watch: AgentHealthTracker;
  /** What was found of the programs that the configuration names; `null`: look again. */
  #installed: { readonly of: string; readonly found: readonly InstalledProgram[] } | null = null;
  /** The registry as it was last shown, and what it was made from. */
  #shown: { readonly from: readonly unknown[]; readonly built: BuiltRegistry } | null = null;

  constructor(parts: WorkspaceAgentsDeps) {
    this.#parts = parts;
    this.#notes = new AgentHealthStore(parts.env.workspaceRoot, (before, elsewhere) => {
      if (elsewhere) {
        this.#followOthers(before);
      }
      parts.changed();
    });
    this.#watch = new AgentHealthTracker({
      bus: parts.env.bus,
      slots: parts.slots,
      notes: this.#notes,
      launchOf: (agent) => launchFingerprint(parts.env.config(), agent),
    });
  }

  /** Reads what was learnt before. */
  open(): Promise<void> {
    return this.#notes.read();
  }

  /** Also reads, from now on, what other processes learn. */
  follow(): Promise<void> {
    return this.#notes.follow();
  }

  /** Everyone, as views show them. The first look asks the installed programs for their versions. */
  async view(): Promise<AgentsView> {
    const { registry, problems, notices } = await this.#current(await this.#look());
    const { named, problems: wrong } = this.#parts.loaded();
    return projectAgents({
      registry,
      facts: this.#facts(),
      problems: [...wrong, ...problems],
      notices,
      lineOf: (section, name) =>
        named.findLast((place) => place.section === section && place.name === name)?.line ?? 1,
    });
  }

  /** Whom tasks can be given to just now. */
  async dispatcher(): Promise<Dispatcher> {
    await this.#notes.read();
    const { registry } = await this.#build(this.#installed?.found ?? []);
    return { registry, facts: this.#facts() };
  }

  /** How many tasks an agent is at work on, in every run that is known here. */
  running(agent: string): number {
    return this.#facts().running.get(agent) ?? 0;
  }

  /** Takes an agent out and stops what it runs. The failure is a sentence. */
  async unregister(agent: string): Promise<string | null> {
    const unknown = await this.#unknown(agent);
    if (unknown !== null) {
      return unknown;
    }
    const { env, slots } = this.#parts;
    await this.#notes.note(agent, { kind: 'unregistered' }, this.#launch(agent));
    this.#tell(agent, env.clock.now() + KEPT_OUT_MS);
    for (const slot of slots.all()) {
      const state = slot.current()?.state;
      const tasks = state?.ended === null ? heldBy(state, agent) : [];
      for (const { planned } of tasks) {
        if (slot.active === null) {
          await askToCancel(slot, planned.key, env);
        } else {
          slot.active.cancel(planned.key, env.label);
        }
      }
    }
    return null;
  }

  /** Lets an agent take tasks again that was taken out. The failure is a sentence. */
  async registerAgain(agent: string): Promise<string | null> {
    if (!this.#notes.notes.unregistered.includes(agent)) {
      return (await this.#unknown(agent)) ?? t('{0} is registered already.', agent);
    }
    await this.#notes.note(agent, { kind: 'registered' }, this.#launch(agent));
    this.#tell(agent, null);
    return null;
  }

  /** Remembers nothing of an agent that is not defined any more. Never fails. */
  async forget(agent: string): Promise<null> {
    const launch = this.#launch(agent);
    for (const kind of ['registered', 'signed_in'] as const) {
      await this.#notes.note(agent, { kind }, launch);
    }
    await this.#notes.note(agent, { kind: 'breaker', until: null }, launch);
    return null;
  }

  /** Forgets that an agent was not signed in, and looks again for what is installed. The failure is a sentence. */
  async checkAgain(agent: string): Promise<string | null> {
    this.#installed = null;
    const unknown = await this.#unknown(agent);
    if (unknown === null) {
      await this.#notes.note(agent, { kind: 'signed_in' }, this.#launch(agent));
      this.#parts.changed();
    }
    return unknown;
  }

  /** What the test of an agent shows: whether it is signed in. Never fails. */
  async tested(agent: string, failed: Failure | null): Promise<void> {
    if (failed === null) {
      await this.checkAgain(agent);
    } else if (failed.reason === 'authentication') {
      const at = this.#parts.env.clock.now();
      const { message } = failed;
      await this.#notes.note(agent, { kind: 'signed_out', at, message }, this.#launch(agent));
    }
  }

  /** A person tries something again, so they may have signed in meanwhile: forgets who was not. Never fails. */
  async trySignInsAgain(): Promise<void> {
    for (const agent of Object.keys(this.#notes.notes.notSignedIn)) {
      await this.#notes.note(agent, { kind: 'signed_in' }, this.#launch(agent));
    }
  }

  /** Lets an agent be tried at once that failed too often. The failure is a sentence. */
  async resetBreaker(agent: string): Promise<string | null> {
    const unknown = await this.#unknown(agent);
    if (unknown === null) {
      await this.#notes.note(agent, { kind: 'breaker', until: null }, this.#launch(agent));
      this.#tell(agent, null);
    }
    return unknown;
  }

  /** Resolves when everything that was learnt is on disk. */
  settled(): Promise<void> {
    return this.#notes.settled();
  }

  dispose(): void {
    this.#watch.dispose();
    this.#notes.dispose();
  }

  #tell(agent: string, until: number | null): void {
    const told = { type: 'breaker.synced', agent: asAgentId(agent), until } as const;
    this.#parts.slots.tell(() => [told]);
  }

  /** What another process did about agents holds for our runs too. */
  #followOthers(before: AgentHealth): void {
    const { unregistered, breakers } = this.#notes.notes;
    const until = this.#parts.env.clock.now() + KEPT_OUT_MS;
    for (const agent of unregistered.filter((each) => !before.unregistered.includes(each))) {
      this.#tell(agent, until);
    }
    const back = before.unregistered.filter((each) => !unregistered.includes(each));
    const reset = Object.keys(before.breakers).filter((each) => !(each in breakers));
    for (const agent of [...back, ...reset]) {
      this.#tell(agent, null);
    }
  }

  async #unknown(agent: string): Promise<string | null> {
    const { registry } = await this.#build(await this.#look());
    return registry.known().some(({ id }) => id === agent)
      ? null
      : t('There is no agent called {0}.', agent);
  }

  /** Views ask often: programs are looked for again only where something else is different too. */
  async #current(installed: readonly InstalledProgram[]): Promise<BuiltRegistry> {
    const from = [this.#parts.loaded(), this.#notes.notes.unregistered, installed];
    if (this.#shown === null || !this.#shown.from.every((each, place) => each === from[place])) {
      this.#shown = { from, built: await this.#build(installed) };
    }
    return this.#shown.built;
  }

  #build(installed: readonly InstalledProgram[]): Promise<BuiltRegistry> {
    const { config, defined, configured, fromSettings } = this.#parts.loaded();
    const { unregistered } = this.#notes.notes;
    const sources = { defined, configured, fromSettings, installed, unregistered };
    return buildRegistry(config, programFinder(process.env), sources);
  }

  async #look(): Promise<readonly InstalledProgram[]> {
    if (!this.#parts.isTrusted()) {
      return [];
    }
    const config = this.#parts.env.config();
    const of = JSON.stringify(BUILT_IN_AGENTS.map((agent) => programOf(config, agent)));
    if (this.#installed?.of !== of) {
      const found = await findInstalled((agent) => programOf(config, agent));
      this.#installed = { of, found };
      const versions = Object.fromEntries(found.map(({ id, version }) => [id, version ?? '']));
      await this.#notes.change((notes) => ({ ...notes, versions }));
    }
    return this.#installed.found;
  }

  #facts(): AgentFacts {
    const { env, slots } = this.#parts;
    const config = env.config();
    const runs = slots.all().flatMap((slot) => slot.current()?.state ?? []);
    return {
      now: env.clock.now(),
      running: runningByAgent(runs),
      allowed: config.policies.allowedAgents,
      ...factsOf(this.#notes.notes, (agent) => launchFingerprint(config, agent)),
    };
  }

  #launch(agent: string): string {
    return launchFingerprint(this.#parts.env.config(), agent);
  }
}
