import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem, SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { errorCode } from '../../system/error-code.ts';
import { sha256Hex } from '../../system/hash.ts';
import { NOT_A_TASK_FILE } from '../json/json-problems.ts';
import { decodeUtf8 } from './decode.ts';
import { companionsOf, formatOf } from './formats.ts';

const MEBIBYTE = 1024 * 1024;
/** A larger file is not read: it is no plan that a person or an agent wrote. */
export const MAX_PLAN_BYTES = 64 * MEBIBYTE;

/** The file is not there, or is a folder. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/**
 * Reads one plan file; `source` is relative to the workspace. What is wrong with it is in the snapshot's problems.
 * `null`: there is no such plan (any more). `askedFor`: a person named this very file, so that its absence, or that it
 * is another tool's, is a problem as well. `before`: the last reading, which is the answer if no byte has changed.
 */
export async function readSource(
  workspaceRoot: string,
  source: SourceId,
  askedFor: boolean,
  before?: SourceSnapshot,
): Promise<SourceSnapshot | null> {
  const snapshot = await readIfThere(workspaceRoot, source, before);
  if (snapshot === null) {
    return askedFor ? unread(source, 'absent', 'no-such-file', t('There is no such file.')) : null;
  }
  const foreign = snapshot.problems.some(({ code }) => code === NOT_A_TASK_FILE);
  return foreign && !askedFor ? null : snapshot;
}

async function readIfThere(
  workspaceRoot: string,
  source: SourceId,
  before: SourceSnapshot | undefined,
): Promise<SourceSnapshot | null> {
  const path = resolve(workspaceRoot, source);
  try {
    const { size } = await stat(path);
    if (size > MAX_PLAN_BYTES) {
      return tooLarge(source, size);
    }
    return await readBytes(workspaceRoot, await readFile(path), source, before);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    if (ABSENT.has(code)) {
      return null;
    }
    return unread(source, code, 'unreadable', t('This file cannot be read ({0}).', code));
  }
}

/** Reads a plan from its bytes. */
async function readBytes(
  workspaceRoot: string,
  bytes: Uint8Array,
  source: SourceId,
  before: SourceSnapshot | undefined,
): Promise<SourceSnapshot> {
  if (bytes.length > MAX_PLAN_BYTES) {
    return tooLarge(source, bytes.length);
  }
  const own = sha256Hex(bytes);
  // Formats with companions name them by the path alone, so that unchanged bytes need not be decoded.
  const beside = await Promise.all(
    companionsOf(source).map((path) => readCompanion(resolve(workspaceRoot, path))),
  );
  const hash = beside.length === 0 ? own : `${own} ${sha256Hex(JSON.stringify(beside))}`;
  if (hash === before?.hash) {
    return before;
  }
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) {
    const { message, line } = decoded.failure;
    return unread(source, hash, 'not-utf8', message, line);
  }
  const text = decoded.value.replace(/^\uFEFF/, '');
  return { file: source, hash, ...formatOf(source, text).read(text, source, beside) };
}

/** Small files of other tools; one that cannot be read decides nothing. */
async function readCompanion(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size > MEBIBYTE ? null : await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return null;
  }
}

function tooLarge(source: SourceId, size: number): SourceSnapshot {
  const message =
    t(
      'This file has {0} MiB; plans are read up to {1} MiB. ',
      Math.ceil(size / MEBIBYTE),
      MAX_PLAN_BYTES / MEBIBYTE,
    ) + t('Split it into several plans.');
  return unread(source, `size:${size}`, 'too-large', message);
}

/** `hash` tells this state of an unread file from the next one. */
function unread(
  source: SourceId,
  hash: string,
  code: string,
  message: string,
  line = 1,
): SourceSnapshot {
  const problem: Problem = {
    severity: 'error',
    code,
    message,
    place: { file: source, line },
    range: null,
  };
  return { file: source, hash, tasks: [], problems: [problem] };
}
