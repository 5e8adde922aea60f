import type { Failure } from '../../shared/failure.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { shortened } from '../../shared/words/text.ts';
import type { AgentEvent, Verdict } from '../contract/adapter.ts';
import { plainLine } from '../contract/text.ts';
import { withinCwd } from './tool-words.ts';

/** UTF-16 units. */
const SUMMARY_LENGTH = 4000;

/** The work that an agent has reported so far: the part of a judgement that is the same for every program. */
export class WorkRecord {
  readonly #cwd: string;
  /** Running tool calls: id → the files that they change. */
  readonly #pending = new Map<string, readonly string[]>();
  readonly #edits = new Set<string>();
  /** Id of a tool call → its denial. A program may report the same denial twice. */
  readonly #denials = new Map<string, string>();
  #sessionId: string | null = null;
  usage: Usage | null = null;
  /** The agent's last message to a person. */
  summary: string | null = null;

  /** `cwd`: the agent's working directory, absolute. */
  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  get denials(): readonly string[] {
    return [...this.#denials.values()];
  }

  /** The event of a new session; empty for a known one. */
  session(id: string | undefined): readonly AgentEvent[] {
    if (id === undefined || id === '' || id === this.#sessionId) {
      return [];
    }
    this.#sessionId = id;
    return [{ type: 'session', id }];
  }

  /** Records the start of a tool call that changes `files` if it succeeds. */
  toolBegins(id: string, files: readonly string[]): void {
    if (files.length > 0) {
      this.#pending.set(id, files);
    }
  }

  /** Records the end of a tool call. If it succeeded, its files count as changed. */
  toolEnds(id: string, succeeded: boolean): void {
    const files = this.#pending.get(id) ?? [];
    this.#pending.delete(id);
    if (succeeded) {
      this.edited(files);
    }
  }

  /** Records changed files, by the agent's names. */
  edited(files: readonly string[]): void {
    for (const file of files) {
      this.#edits.add(withinCwd(file, this.#cwd));
    }
  }

  /** Records a denial; `id`: the tool call, `what`: a few words. */
  denied(id: string, what: string): void {
    this.#denials.set(id, plainLine(what));
  }

  wasDenied(id: string): boolean {
    return this.#denials.has(id);
  }

  verdict(failure: Failure | null, lastWord: boolean): Verdict {
    return {
      failure,
      summary: this.summary === null ? null : shortened(this.summary, SUMMARY_LENGTH),
      sessionId: this.#sessionId,
      usage: this.usage,
      edits: [...this.#edits],
      denials: [...this.#denials.values()],
      lastWord,
    };
  }
}
