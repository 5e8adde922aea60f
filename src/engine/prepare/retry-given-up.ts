import { blockersOf } from '../../coordinator/plan/blockers.ts';
import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { withoutTasks } from './leave-out.ts';

/** One group and the tasks of it that are tried again. */
export interface Retry {
  readonly group: GroupKey;
  /** With them those that are proven already: they are carried over, and hold nothing back. */
  readonly only: ReadonlySet<TaskKey>;
}

/** What can be tried again of what was given up, and for the rest a sentence each. */
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

/** The task of a letter in the plan as it is now, also after a renumbering or a move to another group; `null`: it is gone. */
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

/** Letters of tasks that their plan does not call done: what a person closed needs no attention any more. */
export function stillGivenUp(plan: Plan, letters: readonly DeadLetter[]): DeadLetter[] {
  return letters.filter((letter) => {
    const status = locateDeadLetter(plan, letter)?.task.status;
    return status === undefined || !satisfies(status);
  });
}

/** How these tasks are tried again: one run for each of their groups. */
export function planRetries(letters: readonly DeadLetter[], around: RetryContext): RetryPlan {
  const problems: string[] = [];
  const chosen = new Map<Group, Task[]>();
  for (const letter of letters) {
    const located = locateDeadLetter(around.plan, letter);
    const problem = located === null ? goneWords(letter) : closedWords(located.task);
    if (located === null || problem !== null) {
      problems.push(problem ?? '');
    } else {
      chosen.set(located.group, [...(chosen.get(located.group) ?? []), located.task]);
    }
  }
  const retries = [...chosen].flatMap(([group, tasks]) => {
    const only = new Set([...tasks, ...provenIn(group, around)].map(({ key }) => key));
    const blocked = blockedWords(group, only, around.plan);
    problems.push(...tasks.flatMap(({ key }) => blocked.get(key) ?? []));
    return tasks.every(({ key }) => blocked.has(key)) ? [] : [{ group: group.key, only }];
  });
  return { retries, problems };
}

function goneWords({ task }: DeadLetter): string {
  return t('{0} is not in the plan any more: put it back, or dismiss it.', task.id);
}

function closedWords({ id, status }: Task): string | null {
  return status.launchable ? null : t('{0} is not open: its plan says {1}.', id, status.word);
}

/** Tasks of the group that its newest run has proven and not closed. */
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

/** What would hold back tasks of the group if only these ran. */
function blockedWords(
  { key, tasks }: Group,
  only: ReadonlySet<TaskKey>,
  plan: Plan,
): ReadonlyMap<TaskKey, string> {
  const others = new Set(tasks.map((task) => task.key).filter((each) => !only.has(each)));
  const left = withoutTasks(plan, others, 'not chosen');
  const group = left.groups.find((each) => each.key === key);
  const blockers = group === undefined ? [] : [...blockersOf(group, left)];
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
