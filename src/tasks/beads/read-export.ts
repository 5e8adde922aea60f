import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { errorCode } from '../../system/error-code.ts';
import type { Reading } from '../format/format.ts';
import { decodeUtf8 } from '../read/decode.ts';
import { MAX_PLAN_BYTES } from '../read/read-source.ts';
import { EXPORT } from './issues/issue-places.ts';
import { type Issue, readIssue } from './issues/issue-schema.ts';
import { NO_CATEGORIES } from './issues/issue-status.ts';
import { issueTasks } from './issues/issue-tasks.ts';

const headSchema = z.looseObject({
  _schema: z.optional(z.unknown()),
  _type: z.optional(z.unknown()),
});

/** Reads the export in `folder` (absolute); `null` if there is none or it cannot be read. */
export async function readExport(folder: string, source: SourceId): Promise<Reading | null> {
  const path = join(folder, EXPORT);
  try {
    const { size } = await stat(path);
    if (size > MAX_PLAN_BYTES) {
      return null;
    }
    const text = decodeUtf8(await readFile(path));
    return text.ok ? exportedTasks(text.value.replace(/^\uFEFF/, ''), source) : null;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return null;
  }
}

/** Reads the text of an export, one issue per line; a bad line becomes a problem at that line, and the others load. */
export function exportedTasks(text: string, source: SourceId): Reading {
  const file = `${source}/${EXPORT}`;
  const issues: Issue[] = [];
  const lines = new Map<string, number>();
  const problems: Problem[] = [];
  text.split('\n').forEach((line, index) => {
    const read = line.trim() === '' ? null : readLine(line);
    if (read === null) {
      return;
    }
    if (typeof read === 'string') {
      problems.push(badLine(read, file, index + 1));
    } else {
      issues.push(read);
      lines.set(read.id, index + 1);
    }
  });
  const reading = issueTasks(
    { issues, bad: [] },
    {
      source,
      categories: NO_CATEGORIES,
      placeOf: (id) => ({ file, line: (id === null ? undefined : lines.get(id)) ?? 1 }),
      now: Date.now(),
    },
  );
  return { tasks: reading.tasks, problems: [...problems, ...reading.problems] };
}

/** Returns the issue of a line, a description of its fault, or `null` for a line that is not an issue. */
function readLine(line: string): Issue | string | null {
  const json = parse(line);
  if (json === undefined) {
    return 'it is not valid JSON';
  }
  const head = headSchema.safeParse(json);
  if (head.success) {
    const { _schema: schema, _type: type } = head.data;
    if (schema !== undefined || (type !== undefined && type !== 'issue')) {
      return null;
    }
  }
  const read = readIssue(json);
  return read.ok ? read.value : read.failure.message;
}

function parse(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}

function badLine(why: string, file: string, line: number): Problem {
  return {
    severity: 'error',
    code: 'invalid-task',
    message: t(
      'The issue in line {0} cannot be read and is left out: {1}. Have bd write the file again (bd export -o {2}).',
      line,
      why,
      file,
    ),
    place: { file, line },
    range: null,
  };
}
