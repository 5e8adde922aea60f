import * as z from 'zod/mini';
import { sourceStatus, unknownStatus } from '../../../coordinator/plan/graph/source-status.ts';
import type { SourceStatus } from '../../../coordinator/schema/task.ts';
import type { Issue } from './issue-schema.ts';

/** The category that `bd statuses` reports for a custom status: ready for work, in progress, done, or deferred. */
export type StatusCategory = 'active' | 'wip' | 'done' | 'frozen';
export type Categories = ReadonlyMap<string, StatusCategory>;

export const NO_CATEGORIES: Categories = new Map();

const BUILT_IN: ReadonlySet<string> = new Set([
  'open',
  'in_progress',
  'blocked',
  'deferred',
  'closed',
  'pinned',
  'hooked',
]);

const MEANING: Readonly<Record<StatusCategory, string>> = {
  active: 'open',
  wip: 'in_progress',
  done: 'closed',
  frozen: 'deferred',
};

/** Issue types that bd's tools use internally and that `bd ready` never offers as work. */
const NOT_WORK: ReadonlySet<string> = new Set([
  'agent',
  'convoy',
  'event',
  'gate',
  'merge-request',
  'message',
  'milestone',
  'molecule',
  'rig',
  'role',
]);

/** Returns the status of an issue as written; `open` if it has none. */
export function statusWord({ status }: Issue): string {
  return (status ?? '').trim() || 'open';
}

/** Whether a status is not built into bd, so that its category must be looked up. */
export function isCustomStatus(word: string): boolean {
  return !BUILT_IN.has(word);
}

/** Whether an issue is deleted; older versions of bd keep deleted issues in the export. */
export function isDeleted(issue: Issue): boolean {
  return statusWord(issue) === 'tombstone' || (issue.deleted_at ?? '') !== '';
}

/** Returns the kind of an issue that is not work (`gate`, `template`, …); `null` for work. */
export function notWork(issue: Issue): string | null {
  if (issue.is_template === true) {
    return 'template';
  }
  if (issue.ephemeral === true) {
    return 'wisp';
  }
  const type = issue.issue_type ?? 'task';
  if (NOT_WORK.has(type)) {
    return type;
  }
  return issue.pinned === true ? 'pinned' : null;
}

export function isEpic({ issue_type }: Issue): boolean {
  return issue_type === 'epic';
}

/** Returns the meaning of an issue's status; `known: false` if it has none here, so that the task is not launched. */
export function issueStatus(
  issue: Issue,
  categories: Categories,
  now: number,
): { readonly status: SourceStatus; readonly known: boolean } {
  const word = statusWord(issue);
  const category = categories.get(word);
  const meant = BUILT_IN.has(word) ? word : category === undefined ? null : MEANING[category];
  const status = meant === null ? null : sourceStatus(meant);
  if (status === null) {
    return { status: unknownStatus(word), known: false };
  }
  if (status.launchable && Date.parse(issue.defer_until ?? '') > now) {
    return { status: unknownStatus('deferred'), known: true };
  }
  return { status: { ...status, word }, known: true };
}

const statusesSchema = z.looseObject({
  custom_statuses: z.optional(
    z.nullish(
      z.array(z.looseObject({ name: z.string(), category: z.optional(z.nullish(z.string())) })),
    ),
  ),
});

/** Reads the output of `bd statuses --json`; omits statuses of an unknown category. */
export function readCategories(json: unknown): Categories {
  const read = statusesSchema.safeParse(json);
  const found = new Map<string, StatusCategory>();
  for (const { name, category } of read.data?.custom_statuses ?? []) {
    if (isCategory(category)) {
      found.set(name, category);
    }
  }
  return found;
}

function isCategory(word: string | null | undefined): word is StatusCategory {
  return typeof word === 'string' && Object.hasOwn(MEANING, word);
}
