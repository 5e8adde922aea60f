import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { SourceId } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import type { Reading } from '../format/format.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { failureMessage, mismatchOf, printedIssues } from './bd/bd-output.ts';
import { mismatchMessage } from './bd/version-mismatch.ts';
import type { DatabaseState } from './database-state.ts';
import { missingBlockers } from './issues/issue-edges.ts';
import { issuePlaces } from './issues/issue-places.ts';
import { type PrintedIssues } from './issues/issue-schema.ts';
import { isCustomStatus, NO_CATEGORIES, statusWord } from './issues/issue-status.ts';
import { issueTasks } from './issues/issue-tasks.ts';

/** A tracker, and how to read it. */
export interface BeadsTracker {
  readonly workspaceRoot: string;
  /** The `.beads` folder, absolute. */
  readonly folder: string;
  /** The same folder, relative to the workspace. */
  readonly source: SourceId;
  readonly commands: BdCommands;
  /** Time limit of each call, ms. */
  readonly limitMs: number;
}

/** Why bd provided no reading; `message` is one sentence or two. */
export interface ReadFailure {
  readonly reason: 'restricted' | 'missing' | 'no-database' | 'too-old' | 'too-new' | 'failed';
  readonly message: string;
}

const NO_DATABASE = /no beads database/i;

/** Reads the current issues through bd; `null` if they belong to another folder, which shows them. */
export async function readThroughBd(
  tracker: BeadsTracker,
  state: DatabaseState,
): Promise<Result<Reading | null, ReadFailure>> {
  if (!state.own && (await usesOtherFolder(tracker))) {
    return success(null);
  }
  const { commands, limitMs, source } = tracker;
  const outcome = await commands.list(limitMs);
  const printed = printedIssues(outcome);
  if (!printed.ok) {
    const message = printed.failure;
    if (outcome.kind === 'missing') {
      return failure({ reason: 'missing', message });
    }
    const mismatch = mismatchOf(outcome);
    if (mismatch !== null) {
      const versions = { program: await commands.version(limitMs), last: state.lastBd };
      return failure({
        reason: mismatch.older === 'program' ? 'too-old' : 'too-new',
        message: mismatchMessage(mismatch, versions),
      });
    }
    const reason = NO_DATABASE.test(failureMessage(outcome)) ? 'no-database' : 'failed';
    return failure({ reason, message });
  }
  const all = await withHidden(printed.value, tracker);
  const custom = all.issues.some((issue) => isCustomStatus(statusWord(issue)));
  const context = {
    source,
    categories: custom ? await commands.categories(limitMs) : NO_CATEGORIES,
    placeOf: await issuePlaces(tracker.folder, source),
    now: Date.now(),
  };
  return success(issueTasks(all, context));
}

/** Adds the blockers of open issues that bd does not list by default: gates, and its tools' own issues. */
async function withHidden(
  printed: PrintedIssues,
  { commands, limitMs }: BeadsTracker,
): Promise<PrintedIssues> {
  const ids = missingBlockers(printed.issues);
  if (ids.length === 0) {
    return printed;
  }
  const hidden = await commands.hidden(ids, limitMs);
  // A blocker that cannot be read stays an unknown dependency, which blocks its task and is reported.
  return hidden.ok ? { ...printed, issues: [...printed.issues, ...hidden.value.issues] } : printed;
}

/**
 * Whether bd uses the database of another folder of this workspace here, as in a git worktree below it: the same issues
 * would be shown, and run, twice.
 */
async function usesOtherFolder(tracker: BeadsTracker): Promise<boolean> {
  const { workspaceRoot, folder, commands, limitMs } = tracker;
  const reported = await commands.where(limitMs);
  if (reported === null) {
    return false;
  }
  const [path, own, root] = await Promise.all([reported, folder, workspaceRoot].map(realPath));
  if (path === undefined || own === undefined || root === undefined || path === own) {
    return false;
  }
  return !relative(root, path).split(sep).includes('..');
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return path;
  }
}
