import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import { readRunnerEvents } from '../../store/attempts/event-reader.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { judgeEvidence, type LeftResult } from '../../verification/evidence/evidence.ts';
import {
  changedFiles,
  takeSnapshot,
  type WorktreeSnapshot,
  worktreeSnapshotSchema,
} from '../../verification/worktree/worktree-state.ts';
import { inspectResult } from './receive-result.ts';

/** What speaks for a task, and the files that it changed. */
export interface CollectedEvidence {
  readonly evidence: Evidence[];
  readonly files: string[];
}

type DirectoryOf = (record: TaskRecord, attempt: number) => string;

const BEFORE = 'before.json';
/** How long the word of an agent may take to reach us, ms. */
const LATE_WORDS_MS = 300;

/** Compares the files before and after an attempt; the state before survives a reload in the attempt's directory. */
export class EvidenceCollector {
  readonly #workspaceRoot: string;
  readonly #ignored: readonly string[];
  readonly #textOf: (record: TaskRecord) => string;

  /**
   * `planFiles`: what an agent may not use as proof of its work (paths relative to the workspace). `textOf`: a task's own
   * words, as its source has them; default: its title.
   */
  constructor(
    workspaceRoot: string,
    planFiles: readonly string[],
    textOf: (record: TaskRecord) => string = ({ planned }) => planned.title,
  ) {
    this.#workspaceRoot = workspaceRoot;
    this.#ignored = [...planFiles, `${STATE_DIRECTORY}/`];
    this.#textOf = textOf;
  }

  /**
   * Remembers the files as they are now in `directory`, that of the task's first attempt, once: a retry that finds the work
   * of the attempt before done has changed nothing itself, and yet the task is done.
   */
  async before(directory: string): Promise<void> {
    if (existsSync(join(directory, BEFORE))) {
      return;
    }
    const snapshot = await takeSnapshot(this.#workspaceRoot, this.#ignored);
    await mkdir(directory, { recursive: true });
    await writeFileAtomic(join(directory, BEFORE), JSON.stringify(snapshot));
  }

  /**
   * Judges a task whose newest attempt just ended well by its own account. `directoryOf`: where an attempt of a task
   * is.
   */
  async collect(
    run: RunState,
    record: TaskRecord,
    directoryOf: DirectoryOf,
  ): Promise<CollectedEvidence> {
    const agent = agentOf(record);
    const { outcome } = record;
    if (agent === undefined || outcome === null) {
      return { evidence: [], files: [] };
    }
    // What proves itself by its exit alone has no changes to tell from those of others.
    const others = agent.expectsChanges
      ? run.order.filter((other) => other !== record && overlaps(other, record))
      : [];
    const facts = {
      agent,
      outcome,
      changed: agent.expectsChanges ? await this.#changed(directoryOf(record, 1)) : [],
      edits: agent.expectsChanges ? await this.#editsOf([record], directoryOf) : [],
      otherFiles: others.flatMap(({ planned }) => planned.files),
      overlapping: others.length > 0,
      files: record.planned.files,
      text: this.#textOf(record),
      root: this.#workspaceRoot,
      result: await leftResult(directoryOf(record, record.attempt)),
    };
    const judge = async (): Promise<ReturnType<typeof judgeEvidence>> =>
      judgeEvidence({ ...facts, otherEdits: await this.#editsOf(others, directoryOf) });
    let judged = await judge();
    if (judged.evidence.some(({ kind }) => kind === 'unnamed')) {
      // A program says that it writes a file right before it does, which its runner passes on a moment later.
      await delay(LATE_WORDS_MS);
      judged = await judge();
    }
    return { evidence: [...judged.evidence], files: [...judged.files] };
  }

  /** What the attempts of these tasks named, relative to the workspace where inside it. */
  async #editsOf(records: readonly TaskRecord[], directoryOf: DirectoryOf): Promise<string[]> {
    const edits = await Promise.all(records.map((record) => editsOf(record, directoryOf)));
    const home = `${this.#workspaceRoot.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
    return edits
      .flat()
      .map((path) => path.replaceAll('\\', '/'))
      .map((path) => (path.startsWith(home) ? path.slice(home.length) : path));
  }

  async #changed(directory: string): Promise<string[] | null> {
    const before = await readBefore(directory);
    return before === null
      ? null
      : changedFiles(before, await takeSnapshot(this.#workspaceRoot, this.#ignored));
  }
}

/** The files as they were before a task's first attempt, in `directory`; `null` where nobody looked. */
export async function readBefore(directory: string): Promise<WorktreeSnapshot | null> {
  try {
    const text = await readFile(join(directory, BEFORE), 'utf8');
    const parsed = worktreeSnapshotSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function leftResult(directory: string): Promise<LeftResult> {
  const left = await inspectResult(directory);
  if (!left.ok) {
    return { kind: 'malformed', why: left.failure };
  }
  return { kind: left.value === null ? 'absent' : 'valid' };
}

/**
 * The files that a task's attempts said they change, those that were given up and the one that still runs too: while it
 * works, nobody else may take its files for proof.
 */
async function editsOf(record: TaskRecord, directoryOf: DirectoryOf): Promise<string[]> {
  const edits = new Set(record.outcome?.edits);
  for (let attempt = 1; attempt <= record.attempt; attempt += 1) {
    let offset = -1;
    let read = await readRunnerEvents(directoryOf(record, attempt), 0);
    while (read.ok && read.value.offset > offset) {
      offset = read.value.offset;
      for (const { event } of read.value.events) {
        if (event.type === 'step' && event.file !== undefined) {
          edits.add(event.file);
        }
        if (event.type === 'ended') {
          event.outcome.edits.forEach((path) => edits.add(path));
        }
      }
      read = await readRunnerEvents(directoryOf(record, attempt), offset);
    }
  }
  return [...edits];
}

/** Whether two tasks ran at the same time at any moment, as far as their first start and last end tell. */
function overlaps(a: TaskRecord, b: TaskRecord): boolean {
  return (
    a.startedAt !== null &&
    b.startedAt !== null &&
    a.startedAt < (b.endedAt ?? Infinity) &&
    b.startedAt < (a.endedAt ?? Infinity)
  );
}
