import type { Failure } from '../../shared/failure.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import type { AgentEvent, Verdict } from '../contract/adapter.ts';
import { clip, oneLine } from '../contract/text.ts';
import { withinCwd } from './tool-words.ts';

/** UTF-16 units. */
const SUMMARY_LENGTH = 4000;

/** What an agent told of its work so far: the part of a judgement that is the same for every program. */
export class WorkRecord {
  readonly #cwd: string;
  /** Uses of tools whose end is awaited: id → the files that they change. */
  readonly #pending = new Map<string, readonly string[]>();
  readonly #edits = new Set<string>();
  /** Id of a tool's use → what was denied; the same denial may be told twice. */
  readonly #denials = new Map<string, string>();
  #sessionId: string | null = null;
  usage: Usage | null = null;
  /** The agent's own last words to a person. */
  summary: string | null = null;

  /** `cwd`: the agent's working directory, absolute. */
  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  get denials(): readonly string[] {
    return [...this.#denials.values()];
  }

  /** The event for it, if the session is news. */
  session(id: string | undefined): readonly AgentEvent[] {
    if (id === undefined || id === '' || id === this.#sessionId) {
      return [];
    }
    this.#sessionId = id;
    return [{ type: 'session', id }];
  }

  /** A tool that will change `files` if it succeeds begins. */
  toolBegins(id: string, files: readonly string[]): void {
    if (files.length > 0) {
      this.#pending.set(id, files);
    }
  }

  /** A tool came to its end; if it succeeded, what it was to change counts as changed. */
  toolEnds(id: string, succeeded: boolean): void {
    const files = this.#pending.get(id) ?? [];
    this.#pending.delete(id);
    if (succeeded) {
      this.edited(files);
    }
  }

  /** Files that were changed, as the agent names them. */
  edited(files: readonly string[]): void {
    for (const file of files) {
      this.#edits.add(withinCwd(file, this.#cwd));
    }
  }

  /** What was denied, in a few words; `id`: of the tool's use. */
  denied(id: string, what: string): void {
    this.#denials.set(id, oneLine(what));
  }

  wasDenied(id: string): boolean {
    return this.#denials.has(id);
  }

  verdict(failure: Failure | null, lastWord: boolean): Verdict {
    return {
      failure,
      summary: this.summary === null ? null : clip(this.summary, SUMMARY_LENGTH),
      sessionId: this.#sessionId,
      usage: this.usage,
      edits: [...this.#edits],
      denials: [...this.#denials.values()],
      lastWord,
    };
  }
}
