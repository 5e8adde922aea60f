import { appendFile, rename } from 'node:fs/promises';
import {
  type ApprovalItem,
  approvalText,
  type MissingApproval,
} from '../../coordinator/schema/approval.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { sha256Hex } from '../../system/hash.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import { approvalFile, type ApprovalLine, readApprovals } from './approval-file.ts';

/** The `items` that a person has not approved yet, in their order. `warning`: why some approvals could not be read. */
export async function missingApprovals(
  workspaceStorage: string,
  items: readonly ApprovalItem[],
): Promise<{ readonly missing: readonly MissingApproval[]; readonly warning: string | null }> {
  const { lines, warning } = await readApprovals(workspaceStorage);
  const approved = new Set(lines.map(({ hash }) => hash));
  const last = lastByPlace(lines);
  const missing = items
    .filter((item) => !approved.has(hashOf(item)))
    .map((item) => ({ item, previous: last.get(placeOf(item))?.content.command ?? null }));
  return { missing, warning };
}

/**
 * Stores that a person approved `items`, at `at` (ms since the epoch). On disk when it resolves. It appends the lines in
 * one write, so that two processes can approve at the same time. A file with invalid lines is renamed, and a new one
 * starts with the valid lines.
 */
export async function approve(
  workspaceStorage: string,
  items: readonly ApprovalItem[],
  at: number,
): Promise<Result<void, StateFailure>> {
  const path = approvalFile(workspaceStorage);
  const { lines, intact } = await readApprovals(workspaceStorage);
  const added = newLines(lines, items, at);
  try {
    if (intact) {
      if (added.length > 0) {
        await appendFile(path, textOf(added), { mode: 0o600, flush: true });
      }
    } else {
      await keepAside(path, `${path}.${at}.corrupt`);
      await writeFileAtomic(path, textOf([...lines, ...added]), { mode: 0o600, fsync: true });
    }
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

function newLines(
  lines: readonly ApprovalLine[],
  items: readonly ApprovalItem[],
  at: number,
): ApprovalLine[] {
  const last = lastByPlace(lines);
  const added: ApprovalLine[] = [];
  for (const item of items) {
    const hash = hashOf(item);
    if (last.get(placeOf(item))?.hash === hash) {
      continue;
    }
    const { label, origin, command, cwd, env } = item;
    const line: ApprovalLine = { v: 1, hash, label, origin, content: { command, cwd, env }, at };
    last.set(placeOf(item), line);
    added.push(line);
  }
  return added;
}

function lastByPlace(lines: readonly ApprovalLine[]): Map<string, ApprovalLine> {
  return new Map(lines.map((line) => [placeOf(line), line]));
}

function placeOf({ label, origin }: { label: string; origin: string }): string {
  return JSON.stringify([origin, label]);
}

function hashOf(item: ApprovalItem): string {
  return sha256Hex(approvalText(item));
}

function textOf(lines: readonly ApprovalLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

async function keepAside(path: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      throw error;
    }
  }
}
