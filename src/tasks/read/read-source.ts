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
/** Maximum size of a plan file, in bytes. A larger file is not a plan that a user or an agent wrote. */
export const MAX_PLAN_BYTES = 64 * MEBIBYTE;

/** Error codes of a path that does not exist or is a folder. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/**
 * Reads one plan file; `source` is relative to the workspace. The snapshot's problems list its faults. Returns `null`
 * if there is no such plan (any more). `requested`: the user named this very file, so its absence, or that it belongs
 * to another tool, is a problem too. `before`: the last reading, returned if no byte has changed.
 */
export async function readSource(
  workspaceRoot: string,
  source: SourceId,
  requested: boolean,
  before?: SourceSnapshot,
): Promise<SourceSnapshot | null> {
  const snapshot = await readIfThere(workspaceRoot, source, before);
  if (snapshot === null) {
    return requested ? unread(source, 'absent', 'no-such-file', t('There is no such file.')) : null;
  }
  const foreign = snapshot.problems.some(({ code }) => code === NOT_A_TASK_FILE);
  return foreign && !requested ? null : snapshot;
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
  // Formats determine companions by the path alone, so unchanged bytes need no decoding.
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
  const format = formatOf(source, text);
  return { file: source, format: format.name, hash, ...format.read(text, source, beside) };
}

/** Reads a small file of another tool; `null`, without effect, if it is too large or unreadable. */
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

/** Returns the snapshot of a file that was not read. `hash` distinguishes this state of the file from the next one. */
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
  return { file: source, format: '', hash, tasks: [], problems: [problem] };
}
