import { existsSync } from 'node:fs';
import type { Plan } from '../../coordinator/schema/task.ts';
import { asGroupId, asSourceId, type GroupKey, groupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { listGroupDirectories } from '../../store/directories/group-directory.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { sourceOf } from './open-plans.ts';

/** A group that a person can name. */
export interface NamedGroup {
  readonly key: GroupKey;
  readonly id: string;
  readonly source: string;
}

/** The groups of the plan, then groups that only have earlier runs. */
export async function allGroups(workspaceRoot: string, plan: Plan): Promise<NamedGroup[]> {
  const known = await listGroupDirectories(workspaceRoot);
  const inPlan = new Set(plan.groups.map(({ key }) => key));
  return [...plan.groups, ...known.filter(({ key }) => !inPlan.has(key))];
}

/**
 * Finds a group by its key (`tasks.md#auth`) or its short id (`auth`, case-insensitive). Refuses a short id that several
 * existing plans have, and lists their keys.
 */
export function chooseGroup(
  wanted: string,
  groups: readonly NamedGroup[],
  workspaceRoot: string,
): Result<NamedGroup, Answer> {
  const exact = groups.find(({ key }) => key === wanted || key === normalKey(wanted));
  if (exact !== undefined) {
    return success(exact);
  }
  const named = groups.filter(({ id }) => id.toLowerCase() === wanted.toLowerCase());
  const present = named.filter(({ source }) => existsSync(sourceOf(workspaceRoot, source).file));
  const candidates = present.length > 0 ? present : named;
  const [only] = candidates;
  if (only === undefined) {
    return failure(unknownGroup(wanted, groups));
  }
  return candidates.length === 1 ? success(only) : failure(ambiguous(wanted, candidates));
}

function normalKey(wanted: string): string {
  const at = wanted.lastIndexOf('#');
  return groupKey(asSourceId(wanted.slice(0, Math.max(0, at))), asGroupId(wanted.slice(at + 1)));
}

function unknownGroup(wanted: string, groups: readonly NamedGroup[]): Answer {
  const keys = groups.map(({ key }) => key);
  const known =
    keys.length === 0 ? t('There are no groups here.') : t('Groups: {0}', keys.join(', '));
  return refusal('unknown_group', t('There is no group "{0}". {1}', wanted, known), {
    groups: keys,
  });
}

function ambiguous(wanted: string, candidates: readonly NamedGroup[]): Answer {
  const keys = candidates.map(({ key }) => key);
  return refusal(
    'ambiguous_group',
    t(
      'Several plans have a group "{0}". Name one of them by its key:\n  {1}',
      wanted,
      keys.join('\n  '),
    ),
    { candidates: keys },
  );
}
