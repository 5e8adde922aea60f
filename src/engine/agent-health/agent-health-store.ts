import {
  type AgentHealth,
  type AgentHealthUpdate,
  UNKNOWN_HEALTH,
  withUpdate,
} from '../../coordinator/agents/agent-health.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { isSame } from '../../shared/same.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { isInWorkspace, stateDirectory } from '../../store/directories/state-directory.ts';
import { watchDirectory } from '../../store/files/watch-directory.ts';
import {
  AGENT_HEALTH_FILE,
  readAgentHealth,
  writeAgentHealth,
} from '../../store/projections/agent-health.ts';
import { sha256Hex } from '../../system/hash.ts';
import { programOf } from '../agents/built-in-program.ts';

/** How an agent is started by this configuration: what was learnt of it counts for as long as this stays the same. */
export function launchFingerprint(config: Config, agent: string): string {
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  const program = isBuiltInAgent(agent) ? programOf(config, agent) : '';
  return sha256Hex(JSON.stringify(custom ?? [agent, program])).slice(0, 16);
}

/** What was learnt of agents: in memory as on disk after every change, also after those of other processes. */
export class AgentHealthStore implements Disposable {
  readonly #root: string;
  readonly #changed: (before: AgentHealth, elsewhere: boolean) => void;
  #notes: AgentHealth = UNKNOWN_HEALTH;
  #watch: Disposable | null = null;
  #following = false;
  #disposed = false;
  /** Changes one after the other: each reads what others wrote meanwhile. */
  readonly #queue = new SerialQueue();

  /** `changed`: told what the notes were before, and whether another process changed them. */
  constructor(workspaceRoot: string, changed: (before: AgentHealth, elsewhere: boolean) => void) {
    this.#root = workspaceRoot;
    this.#changed = changed;
  }

  get notes(): AgentHealth {
    return this.#notes;
  }

  /** Reads the notes, also those that other processes have written since. */
  async read(): Promise<void> {
    this.#take(await readAgentHealth(this.#root), true);
  }

  /** From now on also reads what other processes write. */
  async follow(): Promise<void> {
    this.#following = true;
    await this.#watchDisk();
  }

  /** Writes news of an agent down; on disk when this resolves. */
  note(agent: string, news: AgentHealthUpdate, launch: string): Promise<void> {
    return this.change((notes) => withUpdate(notes, agent, news, launch));
  }

  /** Changes the notes; what cannot be written still counts in this process. */
  change(update: (notes: AgentHealth) => AgentHealth): Promise<void> {
    const known = update(this.#notes);
    if (isSame(this.#notes, known)) {
      return this.#queue.idle();
    }
    this.#take(known, false);
    return this.#queue.run(async () => {
      const before = await readAgentHealth(this.#root);
      const after = update(before);
      if (!isSame(before, after)) {
        await writeAgentHealth(this.#root, after);
        await this.#watchDisk();
      }
      this.#take(after, false);
    });
  }

  /** Resolves when everything is on disk. */
  settled(): Promise<void> {
    return this.#queue.idle();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
  }

  /** Nothing is created for it: where nothing was ever noted, there is nothing to watch. */
  async #watchDisk(): Promise<void> {
    const directory = stateDirectory(this.#root);
    const isThere = this.#following && (await isInWorkspace(this.#root, directory));
    if (isThere && !this.#disposed) {
      this.#watch ??= watchDirectory(directory, () => this.read(), AGENT_HEALTH_FILE);
    }
  }

  #take(notes: AgentHealth, elsewhere: boolean): void {
    const before = this.#notes;
    if (!isSame(before, notes)) {
      this.#notes = notes;
      this.#changed(before, elsewhere);
    }
  }
}
