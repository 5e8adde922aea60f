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

/** The evidence for a task, and the files that it changed. */
export interface CollectedEvidence {
  readonly evidence: Evidence[];
  readonly files: string[];
}

type DirectoryOf = (record: TaskRecord, attempt: number) => string;

const BEFORE = 'before.json';
/** How long an agent's report of an edit may take to arrive, ms. */
const LATE_WORDS_MS = 300;

/**
 * Compares the files before and after an attempt. The snapshot from before is kept in the attempt's directory and
 * survives a reload.
 */
export class EvidenceCollector {
  readonly #workspaceRoot: string;
  readonly #ignored: readonly string[];
  readonly #textOf: (record: TaskRecord) => string;

  /**
   * `planFiles`: files that an agent cannot use as proof of its work (paths relative to the workspace). `textOf`: the
   * text of a task in its source; default: its title.
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
   * Saves a snapshot of the files once, in `directory` of the task's first attempt: a retry that finds the work already
   * done has changed nothing itself, and yet the task is done.
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
   * Collects evidence for a task whose newest attempt reported success. `directoryOf`: the directory of a task's
   * attempt.
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
    // If the exit alone is proof, changes need not be distinguished from those of other tasks.
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
      // A program announces an edit right before it writes the file; the runner passes that on a moment later.
      await delay(LATE_WORDS_MS);
      judged = await judge();
    }
    return { evidence: [...judged.evidence], files: [...judged.files] };
  }

  /** The files that the attempts of these tasks named, relative to the workspace if inside it. */
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

/** The snapshot from before a task's first attempt, in `directory`; `null` if none was saved. */
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
 * The files that a task's attempts reported as changed, including failed attempts and the running one: while it works,
 * no other task can use its files as proof.
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

/** Whether two tasks ever ran at the same time, judging by their first start and last end. */
function overlaps(a: TaskRecord, b: TaskRecord): boolean {
  return (
    a.startedAt !== null &&
    b.startedAt !== null &&
    a.startedAt < (b.endedAt ?? Infinity) &&
    b.startedAt < (a.endedAt ?? Infinity)
  );
}
