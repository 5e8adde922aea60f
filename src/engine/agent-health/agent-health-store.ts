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

/**
 * Returns a hash of how this configuration starts an agent. Health facts about the agent are valid while it stays the
 * same.
 */
export function launchFingerprint(config: Config, agent: string): string {
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  const program = isBuiltInAgent(agent) ? programOf(config, agent) : '';
  return sha256Hex(JSON.stringify(custom ?? [agent, program])).slice(0, 16);
}

/** The health of agents. Memory and disk agree after every change, including changes by other processes. */
export class AgentHealthStore implements Disposable {
  readonly #root: string;
  readonly #changed: (before: AgentHealth, external: boolean) => void;
  #health: AgentHealth = UNKNOWN_HEALTH;
  #watch: Disposable | null = null;
  #following = false;
  #disposed = false;
  /** Runs changes one at a time: each first reads what other processes have written meanwhile. */
  readonly #queue = new SerialQueue();

  /** `changed` receives the previous health, and whether another process changed it (`external`). */
  constructor(workspaceRoot: string, changed: (before: AgentHealth, external: boolean) => void) {
    this.#root = workspaceRoot;
    this.#changed = changed;
  }

  get health(): AgentHealth {
    return this.#health;
  }

  /** Reads the health from disk, including what other processes have written since. */
  async read(): Promise<void> {
    this.#apply(await readAgentHealth(this.#root), true);
  }

  /** Starts following the file: later changes by other processes are read too. */
  async follow(): Promise<void> {
    this.#following = true;
    await this.#watchDisk();
  }

  /** Applies an update of an agent. On resolve, it is on disk. */
  note(agent: string, update: AgentHealthUpdate, launch: string): Promise<void> {
    return this.change((health) => withUpdate(health, agent, update, launch));
  }

  /** Changes the health. A change that cannot be written still applies in this process. */
  change(update: (health: AgentHealth) => AgentHealth): Promise<void> {
    const known = update(this.#health);
    if (isSame(this.#health, known)) {
      return this.#queue.idle();
    }
    this.#apply(known, false);
    return this.#queue.run(async () => {
      const before = await readAgentHealth(this.#root);
      const after = update(before);
      if (!isSame(before, after)) {
        await writeAgentHealth(this.#root, after);
        await this.#watchDisk();
      }
      this.#apply(after, false);
    });
  }

  /** Resolves when all changes are on disk. */
  settled(): Promise<void> {
    return this.#queue.idle();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
  }

  /** Creates no directory: without any recorded health there is nothing to watch. */
  async #watchDisk(): Promise<void> {
    const directory = stateDirectory(this.#root);
    const canWatch = this.#following && (await isInWorkspace(this.#root, directory));
    if (canWatch && !this.#disposed) {
      this.#watch ??= watchDirectory(directory, () => this.read(), AGENT_HEALTH_FILE);
    }
  }

  #apply(health: AgentHealth, external: boolean): void {
    const before = this.#health;
    if (!isSame(before, health)) {
      this.#health = health;
      this.#changed(before, external);
    }
  }
}
