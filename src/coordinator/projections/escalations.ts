import type { Failure } from '../../shared/failure.ts';
import type { AgentId, GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { plural } from '../../shared/words/durations.ts';
import { escalates } from '../run/failure/failure-table.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import type { RunEventBody } from '../schema/events.ts';

/** A problem of a run that only the user can resolve. */
export interface Escalation {
  /** Equal for the same cause in the same run. */
  readonly cause: string;
  readonly kind: 'tasks' | 'breaker' | 'budget';
  readonly run: RunId;
  readonly group: GroupKey;
  readonly groupId: string;
  /** Affected tasks; empty if it concerns the whole run. */
  readonly tasks: readonly { readonly key: TaskKey; readonly id: string }[];
  readonly agent: AgentId | null;
  /** The problem, in one sentence. */
  readonly message: string;
  /** The remedy; `null` if the message contains it. */
  readonly remedy: string | null;
  /** Whether the remedy is in the settings or in `parallel-groups.json` rather than in a terminal. */
  readonly configured: boolean;
}

/** The escalations caused by this event, given the state after it. May repeat a cause. */
export function escalationsOf(run: RunState, event: RunEventBody): Escalation[] {
  if (event.type === 'attempt.ended') {
    return [...ofTask(run, event.task, event.outcome.failure), ...openBreakers(run)];
  }
  if (event.type === 'breaker.synced') {
    return openBreakers(run);
  }
  if (event.type === 'policy.reported') {
    const isSpent = event.code === 'BUDGET' && event.severity === 'violation';
    return isSpent ? [budget(run, event.message)] : [];
  }
  return event.type === 'phase.entered' || event.type === 'run.ended' ? neverStarted(run) : [];
}

/** Merges escalations with the same cause, in order of first appearance. */
export function together(escalations: readonly Escalation[]): Escalation[] {
  const byCause = new Map<string, Escalation>();
  for (const each of escalations) {
    const known = byCause.get(each.cause);
    const tasks = [...(known?.tasks ?? []), ...each.tasks];
    const unique = new Map(tasks.map((task) => [task.key, task]));
    byCause.set(each.cause, { ...(known ?? each), tasks: [...unique.values()] });
  }
  return [...byCause.values()];
}

/** "3 tasks need you: Claude Code is not signed in." */
export function escalationSentence({ kind, tasks, message, groupId }: Escalation): string {
  const [first] = tasks;
  if (kind !== 'tasks' || first === undefined) {
    return `${groupId}: ${message}`;
  }
  const who = tasks.length === 1 ? `${first.id} needs` : `${plural(tasks.length, 'task')} need`;
  return `${who} you: ${message}`;
}

function ofTask(run: RunState, key: TaskKey, failure: Failure | null): Escalation[] {
  const record = run.tasks.get(key);
  // A task stopped for the budget needs no escalation of its own: the budget has one.
  return record === undefined || failure === null || !escalates(failure) || isStopped(record)
    ? []
    : [needsPerson(run, record, failure)];
}

function isStopped({ cancelRequested, stopWhy }: TaskRecord): boolean {
  return cancelRequested || stopWhy !== null;
}

/** Tasks rejected before any attempt: they have no event of their own. */
function neverStarted(run: RunState): Escalation[] {
  if (run.policy.budget === 'spent') {
    return [];
  }
  return run.order.flatMap((record) =>
    record.state.kind === 'failed' && record.attempt === 0 && escalates(record.state.failure)
      ? [needsPerson(run, record, record.state.failure)]
      : [],
  );
}

function needsPerson(run: RunState, record: TaskRecord, failure: Failure): Escalation {
  const agent = record.planned.agents[record.choice]?.agent ?? null;
  const { key, id } = record.planned;
  const { message, reason } = failure;
  const isAbout = reason === 'authentication' || reason === 'not_started' ? (agent ?? '') : message;
  return {
    ...about(run, `${reason} ${isAbout}`),
    kind: 'tasks',
    tasks: [{ key, id }],
    agent,
    message,
    remedy: failure.remedy ?? null,
    configured: reason === 'invalid' || reason === 'not_started' || reason === 'rejected',
  };
}

function openBreakers(run: RunState): Escalation[] {
  return [...run.agents].flatMap(([agent, { breaker }]) => {
    const { openUntil, reason } = breaker;
    if (openUntil === null) {
      return [];
    }
    const why = reason === null ? '' : t(' The last time: {0}', reason);
    return [
      {
        ...about(run, `breaker ${agent}`),
        kind: 'breaker' as const,
        tasks: [],
        agent,
        message: `${agent} failed again and again, so it is left alone for a while.${why}`,
        remedy: t('It is tried again by itself; look at its terminal to mend it sooner.'),
        configured: false,
      },
    ];
  });
}

function budget(run: RunState, message: string): Escalation {
  return {
    ...about(run, 'budget'),
    kind: 'budget',
    tasks: [],
    agent: null,
    message,
    remedy: t('Raise policies.budget in parallel-groups.json, then run the group again.'),
    configured: true,
  };
}

function about(
  { plan }: RunState,
  cause: string,
): Pick<Escalation, 'cause' | 'run' | 'group' | 'groupId'> {
  return {
    cause: `${plan.run} ${cause}`,
    run: plan.run,
    group: plan.group,
    groupId: plan.groupId,
  };
}
