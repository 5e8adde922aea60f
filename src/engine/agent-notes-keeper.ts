import type { Config } from '../coordinator/config.ts';
import { type AgentNews, type AgentNotes, noted, NO_NOTES } from '../coordinator/agents/notes.ts';
import type { Disposable } from '../shared/disposable.ts';
import { isSame } from '../shared/same.ts';
import { AGENT_NOTES_FILE, readAgentNotes, writeAgentNotes } from '../store/agent-notes.ts';
import { createStateDirectory } from '../store/state-directory.ts';
import { watchDirectory } from '../store/watch-directory.ts';
import { sha256Hex } from '../system/hash.ts';

/** How an agent is started by this configuration: what was learnt of it counts for as long as this stays the same. */
export function launchOf(config: Config, agent: string): string {
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  return sha256Hex(JSON.stringify(custom ?? [agent, config.claudePath])).slice(0, 16);
}

/** What was learnt of agents: in memory as on disk after every change, also after those of other processes. */
export class AgentNotesKeeper implements Disposable {
  readonly #root: string;
  readonly #changed: () => void;
  #notes: AgentNotes = NO_NOTES;
  #watch: Disposable | null = null;
  #disposed = false;
  /** Changes one after the other: each reads what others wrote meanwhile. */
  #queue: Promise<void> = Promise.resolve();

  constructor(workspaceRoot: string, changed: () => void) {
    this.#root = workspaceRoot;
    this.#changed = changed;
  }

  get notes(): AgentNotes {
    return this.#notes;
  }

  /** Reads the notes, also those that other processes have written since. */
  async read(): Promise<void> {
    this.#take(await readAgentNotes(this.#root));
  }

  /** Goes on reading them whenever another process writes them; only where there is a state directory already. */
  async follow(): Promise<void> {
    const directory = await createStateDirectory(this.#root);
    if (directory.ok && !this.#disposed) {
      this.#watch ??= watchDirectory(directory.value, () => this.read(), AGENT_NOTES_FILE);
    }
  }

  /** Writes news of an agent down; on disk when this resolves. */
  note(agent: string, news: AgentNews, launch: string): Promise<void> {
    return this.change((notes) => noted(notes, agent, news, launch));
  }

  /** Changes the notes; what cannot be written still counts in this process. */
  change(update: (notes: AgentNotes) => AgentNotes): Promise<void> {
    const known = update(this.#notes);
    if (isSame(this.#notes, known)) {
      return this.#queue;
    }
    this.#take(known);
    this.#queue = this.#queue.then(async () => {
      const before = await readAgentNotes(this.#root);
      const after = update(before);
      if (!isSame(before, after)) {
        await writeAgentNotes(this.#root, after);
      }
      this.#take(after);
    });
    return this.#queue;
  }

  /** Resolves when everything is on disk. */
  settled(): Promise<void> {
    return this.#queue;
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
  }

  #take(notes: AgentNotes): void {
    if (!isSame(this.#notes, notes)) {
      this.#notes = notes;
      this.#changed();
    }
  }
}
