import { t } from '../../shared/messages.ts';
import type { RunState } from '../run/state/state.ts';
import { SHARED_FIELDS, type SharedField } from '../schema/blackboard-fields.ts';
import type { PostedResult } from '../schema/posted.ts';
import { blackboardOf } from './blackboard.ts';
import type { Change } from './merge.ts';

/** One line of `history.jsonl`: an entry, its author, time and outcome. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly at: string;
  /** `null`: from the plan and the configuration, at the start of the run. */
  readonly by: {
    readonly task: string;
    readonly attempt: number;
    readonly subagent: string;
    readonly role: string;
  } | null;
  readonly field: SharedField | 'result';
  readonly name: string | null;
  readonly value: unknown;
  /** `put_away`: a later attempt of the task replaced the whole result. */
  readonly effect: Change['effect'] | 'put_away';
  readonly note: string | null;
}

/** All entries ever written to the blackboard, in chronological order. */
export function historyOf(run: RunState): HistoryEntry[] {
  const byResult = new Map<PostedResult, Change[]>();
  for (const change of blackboardOf(run).changes) {
    byResult.set(change.by, [...(byResult.get(change.by) ?? []), change]);
  }
  const results = [...run.results.values()].flatMap((posted) => {
    const counts = run.tasks.get(posted.task)?.attempt === posted.attempt;
    return counts ? (byResult.get(posted) ?? []).map(entryOf) : [putAway(posted)];
  });
  return [...opening(run), ...results];
}

function opening(run: RunState): HistoryEntry[] {
  const { blackboard } = run.plan;
  const at = iso(run.startedAt);
  const entry = (field: SharedField, name: string | null, value: unknown): HistoryEntry => ({
    at,
    by: null,
    field,
    name,
    value,
    effect: 'added',
    note: null,
  });
  return SHARED_FIELDS.flatMap((field) =>
    field === 'artifacts'
      ? Object.entries(blackboard.artifacts).map(([name, value]) => entry(field, name, value))
      : blackboard[field].map((value) => entry(field, null, value)),
  );
}

function entryOf({ by, field, name, value, effect, note }: Change): HistoryEntry {
  return { at: iso(by.at), by: author(by), field, name, value, effect, note };
}

function putAway(posted: PostedResult): HistoryEntry {
  return {
    at: iso(posted.at),
    by: author(posted),
    field: 'result',
    name: null,
    value: posted.result,
    effect: 'put_away',
    note: t('A later attempt of the task took its place.'),
  };
}

function author({ id, attempt, subagent, role }: PostedResult): NonNullable<HistoryEntry['by']> {
  return { task: id, attempt, subagent, role };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
