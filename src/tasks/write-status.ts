import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeUtf8 } from './decode.ts';
import { withFileLock } from './file-lock.ts';
import type { ClosingStatus, CloseFailure, TextEdit } from './format.ts';
import { planStatusEdit } from './formats.ts';
import { MAX_PLAN_BYTES } from './read-source.ts';
import type { Identity } from '../coordinator/plan/identity.ts';
import { replaceFileIf } from '../system/atomic-file.ts';
import { errorCode } from '../system/error-code.ts';
import { sha256Hex } from '../system/hash.ts';
import type { SourceId } from '../shared/ids.ts';
import { failure, success, type Result } from '../shared/result.ts';

/** How often a file that changes under our hands, or is half-written, is read again. */
const TRIES = 6;
const PAUSE_MS = 100;

/** Which task of which plan gets which status. */
export interface StatusWrite {
  readonly workspaceRoot: string;
  readonly task: Identity & { readonly source: SourceId };
  readonly status: ClosingStatus;
}

/** `hash`: of the file as it is now, so that reading it again is known to be no news. */
export interface StatusWritten {
  readonly changed: boolean;
  readonly hash: string;
}

/**
 * Writes a task's status back to its plan file, changing nothing else of it: bytes, permissions and a symbolic link
 * stay. What others write meanwhile is kept: the file is compared immediately before it is replaced, and planned anew
 * on a difference. Refuses, with a sentence to show, rather than marking a task that may be another one.
 */
export async function writeTaskStatus(
  write: StatusWrite,
): Promise<Result<StatusWritten, CloseFailure>> {
  try {
    const path = await realpath(resolve(write.workspaceRoot, write.task.source));
    const locked = await withFileLock(write.workspaceRoot, path, () => untilWritten(path, write));
    return locked.ok ? locked.value : failure(busy(write));
  } catch (error) {
    return failure(fileFailure(error, write));
  }
}

async function untilWritten(
  path: string,
  write: StatusWrite,
): Promise<Result<StatusWritten, CloseFailure>> {
  let last: CloseFailure = busy(write);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const written = await writeOnce(path, write);
    if (written.ok) return written;
    last = written.failure;
    if (last.reason !== 'busy' && last.reason !== 'malformed') break;
    await delay(PAUSE_MS);
  }
  return failure(last);
}

async function writeOnce(
  path: string,
  write: StatusWrite,
): Promise<Result<StatusWritten, CloseFailure>> {
  const { size, mode } = await stat(path);
  if (size > MAX_PLAN_BYTES) return failure(unreadable(write, 'it is too large'));
  const bytes = await readFile(path);
  const hash = sha256Hex(bytes);
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) return failure(unreadable(write, decoded.failure.message));
  const planned = planStatusEdit(decoded.value, write.task, write.status);
  if (!planned.ok) return planned;
  if (planned.value === 'unchanged') return success({ changed: false, hash });
  // A rename would replace a read-only file as well; who protected it meant it.
  await access(path, constants.W_OK);
  const edited = Buffer.from(applyEdit(decoded.value, planned.value), 'utf8');
  const unchanged = async () => sha256Hex(await readFile(path)) === hash;
  const replaced = await replaceFileIf(path, edited, mode & 0o7777, unchanged);
  return replaced ? success({ changed: true, hash: sha256Hex(edited) }) : failure(busy(write));
}

function applyEdit(text: string, { offset, length, text: inserted }: TextEdit): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

function busy({ task }: StatusWrite): CloseFailure {
  const message = `${task.source} is being changed all the time, so “${task.id}” could not be marked in it. Mark it by hand.`;
  return { reason: 'busy', message };
}

function unreadable({ task }: StatusWrite, why: string): CloseFailure {
  const message = `“${task.id}” could not be marked in ${task.source}: ${why}`;
  return { reason: 'unreadable', message };
}

/** What the file system refused, as a value; anything else that was thrown is a bug and goes on. */
function fileFailure(error: unknown, { task }: StatusWrite): CloseFailure {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `${task.source} is no longer there, so “${task.id}” could not be marked in it.`;
    return { reason: 'missing', message };
  }
  const message = `“${task.id}” could not be marked, because ${task.source} cannot be written (${code}). Allow writing, then mark it by hand.`;
  return { reason: 'unwritable', message };
}
