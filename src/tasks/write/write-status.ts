import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { replaceFileIf } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { sha256Hex } from '../../system/hash.ts';
import type {
  CloseFailure,
  ClosingStatus,
  EditPlanner,
  TaskIdentity,
  TextEdit,
} from '../format/format.ts';
import { decodeUtf8 } from '../read/decode.ts';
import { statusEdits } from '../read/formats.ts';
import { MAX_PLAN_BYTES } from '../read/read-source.ts';
import { withFileLock } from './file-lock.ts';

/** Number of attempts on a file that changes meanwhile or is half-written. */
const MAX_ATTEMPTS = 6;
const RETRY_DELAY_MS = 100;

/** A request to write a status to one task of one plan. */
export interface StatusWrite {
  readonly workspaceRoot: string;
  /** File that contains the task, relative to the workspace. */
  readonly file: string;
  readonly task: TaskIdentity;
  readonly status: ClosingStatus;
}

/**
 * The result of a write. `hash`: SHA-256 of the file after it, so that reading the file again is known to find no
 * change.
 */
export interface StatusWritten {
  readonly changed: boolean;
  readonly hash: string;
}

type Outcome = Result<StatusWritten, CloseFailure>;

interface PendingWrite {
  readonly write: StatusWrite;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Pending writes by the file's real path. */
const queues = new Map<string, PendingWrite[]>();

/**
 * Writes a task's status back to its plan file and changes nothing else: bytes, permissions and a symbolic link stay.
 * Keeps concurrent changes by others: compares the file immediately before it replaces it, and plans the edit again on
 * a difference. Refuses, with a sentence to show, rather than marking a task that may be another one. Combines the
 * requests that arrive during a write in one replacement.
 */
export async function writeTaskStatus(write: StatusWrite): Promise<Outcome> {
  let path: string;
  try {
    path = await realpath(resolve(write.workspaceRoot, write.file));
  } catch (error) {
    return failure(fileFailure(error, write));
  }
  return new Promise((settle, reject) => {
    const entry = { write, resolve: settle, reject };
    const queue = queues.get(path);
    if (queue === undefined) {
      const pending = [entry];
      queues.set(path, pending);
      void writeQueue(path, pending);
    } else {
      queue.push(entry);
    }
  });
}

async function writeQueue(path: string, queue: PendingWrite[]): Promise<void> {
  // Requests from the same turn of the event loop join the batch.
  await setImmediate();
  while (queue.length > 0) {
    const batch = queue.splice(0);
    try {
      const outcomes = await writeBatch(
        path,
        batch.map(({ write }) => write),
      );
      batch.forEach(({ write, resolve: settle }, place) => {
        settle(outcomes[place] ?? failure(busy(write)));
      });
    } catch (error) {
      batch.forEach(({ reject }) => {
        reject(error);
      });
    }
  }
  queues.delete(path);
}

async function writeBatch(path: string, writes: readonly StatusWrite[]): Promise<Outcome[]> {
  const [first] = writes;
  if (first === undefined) {
    return [];
  }
  try {
    const locked = await withFileLock(first.workspaceRoot, path, () =>
      writeWithRetries(path, writes),
    );
    return locked.ok ? locked.value : writes.map((write) => failure(busy(write)));
  } catch (error) {
    return writes.map((write) => failure(fileFailure(error, write)));
  }
}

/** Returns the outcome of each write. Retries writes to a busy or half-written file, and no others. */
async function writeWithRetries(path: string, writes: readonly StatusWrite[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = writes.map((write) => failure(busy(write)));
  let open = writes.map((_, place) => place);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && open.length > 0; attempt += 1) {
    if (attempt > 1) {
      await delay(RETRY_DELAY_MS);
    }
    const tried = await writeOnce(
      path,
      open.flatMap((place) => writes[place] ?? []),
    );
    open.forEach((place, turn) => {
      const outcome = tried[turn];
      if (outcome !== undefined) {
        outcomes[place] = outcome;
      }
    });
    open = open.filter((place) => isRetryable(outcomes[place]));
  }
  return outcomes;
}

function isRetryable(outcome: Outcome | undefined): boolean {
  if (outcome?.ok !== false) {
    return false;
  }
  const { reason } = outcome.failure;
  return reason === 'busy' || reason === 'malformed';
}

/** Reads and parses the file once, plans all its edits, and replaces it once. */
async function writeOnce(path: string, writes: readonly StatusWrite[]): Promise<Outcome[]> {
  const { size, mode } = await stat(path);
  if (size > MAX_PLAN_BYTES) {
    return refused(writes, 'it is too large');
  }
  const bytes = await readFile(path);
  const hash = sha256Hex(bytes);
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) {
    return refused(writes, decoded.failure.message);
  }
  const planned = planEdits(decoded.value, writes);
  const text = applyEdits(decoded.value, planned);
  if (text === decoded.value) {
    return outcomesOf(planned, hash);
  }
  // A rename would replace a read-only file as well, but its owner protected it on purpose.
  await access(path, constants.W_OK);
  const edited = Buffer.from(text, 'utf8');
  const unchanged = async () => sha256Hex(await readFile(path)) === hash;
  const replaced = await replaceFileIf(path, edited, mode & 0o7777, unchanged);
  return replaced
    ? outcomesOf(planned, sha256Hex(edited))
    : writes.map((write) => failure(busy(write)));
}

type Planned = readonly ReturnType<EditPlanner>[];

function planEdits(text: string, writes: readonly StatusWrite[]): Planned {
  // A link can make one file count as two plans; almost always it is one.
  const planners = new Map<string, EditPlanner>();
  return writes.map(({ file, task, status }) => {
    const plan = planners.get(file) ?? statusEdits(text, file);
    planners.set(file, plan);
    return plan(task, status);
  });
}

/** Applies the edits. Of two edits of one task, the later one counts. */
function applyEdits(text: string, planned: Planned): string {
  const edits = new Map<number, TextEdit>();
  for (const edit of planned) {
    if (edit.ok && edit.value !== 'unchanged') {
      edits.set(edit.value.offset, edit.value);
    }
  }
  let edited = '';
  let done = 0;
  for (const edit of [...edits.values()].sort((a, b) => a.offset - b.offset)) {
    edited += text.slice(done, edit.offset) + edit.text;
    done = edit.offset + edit.length;
  }
  return edited + text.slice(done);
}

function outcomesOf(planned: Planned, hash: string): Outcome[] {
  return planned.map((edit) =>
    edit.ok ? success({ changed: edit.value !== 'unchanged', hash }) : edit,
  );
}

function refused(writes: readonly StatusWrite[], why: string): Outcome[] {
  return writes.map((write) => failure(unreadable(write, why)));
}

function busy({ file, task }: StatusWrite): CloseFailure {
  const message = t(
    '{0} is being changed all the time, so “{1}” could not be marked in it. Mark it by hand.',
    file,
    task.id,
  );
  return { reason: 'busy', message };
}

function unreadable({ file, task }: StatusWrite, why: string): CloseFailure {
  const message = `“${task.id}” could not be marked in ${file}: ${why}`;
  return { reason: 'unreadable', message };
}

/** Converts an error of the file system to a failure. Rethrows any other error, which is a bug. */
function fileFailure(error: unknown, { file, task }: StatusWrite): CloseFailure {
  const code = errorCode(error);
  if (code === undefined) {
    throw error;
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = t('{0} is no longer there, so “{1}” could not be marked in it.', file, task.id);
    return { reason: 'missing', message };
  }
  const message = t(
    '“{0}” could not be marked, because {1} cannot be written ({2}). Allow writing, then mark it by hand.',
    task.id,
    file,
    code,
  );
  return { reason: 'unwritable', message };
}
