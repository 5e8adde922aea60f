import { blockersOf } from '../../coordinator/plan/blockers.ts';
import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { withoutTasks } from './leave-out.ts';

/** A group and those of its tasks to try again. */
export interface Retry {
  readonly group: GroupKey;
  /** Includes the tasks that are already proven: they are carried over and block nothing. */
  readonly only: ReadonlySet<TaskKey>;
}

/** The dead letters that can be tried again, and one sentence for each of the others. */
export interface RetryPlan {
  readonly retries: readonly Retry[];
  readonly problems: readonly string[];
}

interface RetryContext {
  readonly plan: Plan;
  /** The newest run of a group. */
  readonly previous: (group: GroupKey) => RunState | null;
}

interface Located {
  readonly group: Group;
  readonly task: Task;
}

/**
 * Returns the task of a dead letter in the current plan, even after a renumbering or a move to another group; `null` if
 * the plan no longer has it.
 */
export function locateDeadLetter(plan: Plan, { task }: DeadLetter): Located | null {
  const all = plan.groups.flatMap((group) => group.tasks.map((each) => ({ group, task: each })));
  const namesake = all.find((each) => each.task.key === task.key);
  if (namesake?.task.fingerprint === task.fingerprint) {
    return namesake;
  }
  const source = task.key.slice(0, task.key.lastIndexOf('#'));
  const moved = all.find(
    (each) => each.task.source === source && each.task.fingerprint === task.fingerprint,
  );
  return moved ?? namesake ?? null;
}

/** Returns the dead letters of tasks that their plan does not mark done: tasks that the user closed need no attention. */
export function stillGivenUp(plan: Plan, deadLetters: readonly DeadLetter[]): DeadLetter[] {
  return deadLetters.filter((deadLetter) => {
    const status = locateDeadLetter(plan, deadLetter)?.task.status;
    return status === undefined || !satisfies(status);
  });
}

/** Plans how to try these tasks again: one run for each of their groups. */
export function planRetries(deadLetters: readonly DeadLetter[], context: RetryContext): RetryPlan {
  const problems: string[] = [];
  const chosen = new Map<Group, Task[]>();
  for (const deadLetter of deadLetters) {
    const located = locateDeadLetter(context.plan, deadLetter);
    const problem = located === null ? describeGone(deadLetter) : describeNotOpen(located.task);
    if (located === null || problem !== null) {
      problems.push(problem ?? '');
    } else {
      chosen.set(located.group, [...(chosen.get(located.group) ?? []), located.task]);
    }
  }
  const retries = [...chosen].flatMap(([group, tasks]) => {
    const only = new Set([...tasks, ...provenIn(group, context)].map(({ key }) => key));
    const blocked = describeBlocked(group, only, context.plan);
    problems.push(...tasks.flatMap(({ key }) => blocked.get(key) ?? []));
    return tasks.every(({ key }) => blocked.has(key)) ? [] : [{ group: group.key, only }];
  });
  return { retries, problems };
}

function describeGone({ task }: DeadLetter): string {
  return t('{0} is not in the plan any more: put it back, or dismiss it.', task.id);
}

function describeNotOpen({ id, status }: Task): string | null {
  return status.launchable ? null : t('{0} is not open: its plan says {1}.', id, status.word);
}

/** Returns the tasks of the group that its newest run has proven and not closed. */
function provenIn(group: Group, { previous }: RetryContext): Task[] {
  const proven = new Set(
    previous(group.key)
      ?.order.filter(({ state }) => state.kind === 'completed')
      .map(({ planned }) => planned.fingerprint),
  );
  return group.tasks.filter(
    ({ status, fingerprint }) => status.launchable && proven.has(fingerprint),
  );
}

/** Returns a sentence for each task of the group that would be blocked if only these ran. */
function describeBlocked(
  { key, tasks }: Group,
  only: ReadonlySet<TaskKey>,
  plan: Plan,
): ReadonlyMap<TaskKey, string> {
  const others = new Set(tasks.map((task) => task.key).filter((each) => !only.has(each)));
  const remaining = withoutTasks(plan, others, 'not chosen');
  const group = remaining.groups.find((each) => each.key === key);
  const blockers = group === undefined ? [] : [...blockersOf(group, remaining)];
  const idOf = new Map(tasks.map((task) => [task.key, task.id]));
  return new Map(
    blockers.map(([task, by]) => {
      const names = by.map(({ id, status }) => `${id} (${status})`).join(', ');
      return [
        task,
        t('{0} is blocked by {1}: that has to be done first.', idOf.get(task) ?? task, names),
      ];
    }),
  );
}
