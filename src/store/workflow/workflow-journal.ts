import { constants, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FORMAT } from '../../coordinator/schema/format.ts';
import {
  type WorkflowEvent,
  type WorkflowEventBody,
  workflowEventSchema,
} from '../../coordinator/workflow/events.ts';
import type { RunId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';
import { errorCode } from '../../system/error-code.ts';
import { listDirectory } from '../directories/list-directory.ts';
import {
  createStateDirectory,
  isInWorkspace,
  stateDirectory,
} from '../directories/state-directory.ts';
import { readRegularFile } from '../files/read-regular-file.ts';
import { describeError, type StateFailure } from '../files/state-failure.ts';
import { originOf } from '../journal/origin.ts';

const WORKFLOWS = 'workflows';
const EXTENSION = '.jsonl';
const MOST_BYTES = 64 * 1024 * 1024;

/** The directory of a workflow's journals (absolute); it need not exist. */
export function workflowDirectory(workspaceRoot: string, workflow: string): string {
  return join(stateDirectory(workspaceRoot), WORKFLOWS, encodeName(workflow));
}

/** Creates the directory of a workflow's journals if necessary. */
export async function createWorkflowDirectory(
  workspaceRoot: string,
  workflow: string,
): Promise<Result<string, StateFailure>> {
  return createStateDirectory(workspaceRoot, WORKFLOWS, encodeName(workflow));
}

/** The journal of one execution. */
export function workflowFile(directory: string, id: RunId): string {
  return join(directory, `${encodeName(id)}${EXTENSION}`);
}

/** The newest journal in a workflow's directory, `null` if there is none. Ids sort by start time. */
export async function newestWorkflowFile(
  workspaceRoot: string,
  directory: string,
): Promise<string | null> {
  if (!(await isInWorkspace(workspaceRoot, directory))) {
    return null;
  }
  const names = (await listDirectory(directory)).filter((name) => name.endsWith(EXTENSION));
  const newest = names.toSorted().at(-1);
  return newest === undefined ? null : join(directory, newest);
}

/** The valid part of a journal. */
export interface ReadWorkflow {
  readonly events: readonly WorkflowEvent[];
  /** Identifies the execution beyond its id, like the origin of a run. */
  readonly origin: string;
  /** Valid bytes. */
  readonly length: number;
}

/**
 * Reads a journal. Ignores an incomplete last line (it is being written, or was torn by a crash), and lines that a former
 * writer wrote after a takeover. The failure is a sentence that names the file.
 */
export async function readWorkflow(file: string): Promise<Result<ReadWorkflow, string>> {
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(file, MOST_BYTES);
  } catch (error) {
    return failure(t('{0} cannot be read: {1}.', file, describeError(error)));
  }
  const length = bytes.lastIndexOf(0x0a) + 1;
  const events: WorkflowEvent[] = [];
  let epoch = 0;
  for (const [place, line] of bytes
    .toString('utf8', 0, length)
    .split('\n')
    .slice(0, -1)
    .entries()) {
    const event = parseLine(line);
    if (event === null) {
      return failure(t("{0}:{1} is not a line of a workflow's journal.", file, place + 1));
    }
    if (event.epoch < epoch) {
      continue;
    }
    if (event.seq !== events.length + 1) {
      return failure(t('{0}:{1} is out of order; the file is kept as it is.', file, place + 1));
    }
    epoch = event.epoch;
    events.push(event);
  }
  return success({ events, length, origin: originOf(bytes) });
}

function parseLine(text: string): WorkflowEvent | null {
  try {
    const parsed = z.safeParse(workflowEventSchema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The size of a journal in bytes, to detect changes; `null` if it does not exist. */
export function workflowFileSize(file: string): number | null {
  const stat: Stats | undefined = statSync(file, { throwIfNoEntry: false });
  return stat?.size ?? null;
}

/** Appends to one journal and syncs each event. Only the lock's holder uses it. */
export class WorkflowJournal {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #epoch: number;
  #seq: number;
  #at: number;
  #origin: string | null;
  #closed = false;

  private constructor(
    file: string,
    handle: FileHandle,
    epoch: number,
    last: { readonly seq: number; readonly at: number; readonly origin: string | null },
  ) {
    this.#file = file;
    this.#handle = handle;
    this.#epoch = epoch;
    this.#seq = last.seq;
    this.#at = last.at;
    this.#origin = last.origin;
  }

  /** Identifies this execution in the run register. */
  get origin(): string | null {
    return this.#origin;
  }

  /** Creates the journal with its first event. The failure is a sentence. */
  static async create(
    file: string,
    epoch: number,
    at: number,
    event: WorkflowEventBody,
  ): Promise<Result<{ journal: WorkflowJournal; first: WorkflowEvent }, string>> {
    const first: WorkflowEvent = { v: FORMAT, seq: 1, epoch, at, event };
    const line = `${JSON.stringify(first)}\n`;
    try {
      if (!(await linkExclusive(file, line))) {
        return failure(t('{0} exists already.', file));
      }
      const handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
      const origin = originOf(Buffer.from(line));
      return success({
        journal: new WorkflowJournal(file, handle, epoch, { seq: 1, at, origin }),
        first,
      });
    } catch (error) {
      return failure(t('{0} cannot be written: {1}.', file, describeError(error)));
    }
  }

  /** Continues a journal that was read under the lock. Truncates it to its valid length. */
  static async continue(
    file: string,
    epoch: number,
    read: ReadWorkflow,
  ): Promise<Result<WorkflowJournal, string>> {
    try {
      const handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
      await handle.truncate(read.length);
      const { seq = 0, at = 0 } = read.events.at(-1) ?? {};
      return success(new WorkflowJournal(file, handle, epoch, { seq, at, origin: read.origin }));
    } catch (error) {
      return failure(t('{0} cannot be written: {1}.', file, describeError(error)));
    }
  }

  /** Appends an event. On disk when it resolves. After a failure, perform no effect. */
  async append(event: WorkflowEventBody, now: number): Promise<Result<WorkflowEvent, string>> {
    const at = Math.max(now, this.#at);
    const seq = this.#seq + 1;
    const entry: WorkflowEvent = { v: FORMAT, seq, epoch: this.#epoch, at, event };
    try {
      await this.#handle.appendFile(`${JSON.stringify(entry)}\n`);
      await this.#handle.datasync();
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      return failure(t('{0} cannot be written: {1}.', this.#file, describeError(error)));
    }
    this.#seq = seq;
    this.#at = at;
    return success(entry);
  }

  /** Closes the file. Append nothing afterwards. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      await this.#handle.close().catch(() => undefined);
    }
  }
}
