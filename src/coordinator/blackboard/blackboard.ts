import type { RunState, TaskRecord } from '../run/state/state.ts';
import type { Blackboard } from '../schema/blackboard-fields.ts';
import { merge, type Merged } from './merge.ts';
import { countedResults } from './results.ts';
import { type Role, roleNamed } from './roles.ts';

/** The task, as its agent sees it. */
export interface TaskFacts {
  readonly group: string;
  readonly id: string;
  readonly title: string;
  readonly files: readonly string[];
  /** Ids of the tasks it depends on. */
  readonly depends_on: readonly string[];
}

/** The blackboard as one role sees it: fields that it may not read are absent. */
export interface BlackboardView extends Partial<Blackboard> {
  readonly v: 1;
  readonly job_id: string;
  readonly role: string;
  readonly task: TaskFacts;
}

/** The current board: the base of the run and the results that count. */
export function blackboardOf(run: RunState): Merged {
  return merge(run.plan.blackboard, countedResults(run), run.plan.roles);
}

/** The current view of the run's blackboard for one task. */
export function viewOf(run: RunState, record: TaskRecord): BlackboardView {
  const { planned, dependencies } = record;
  const task: TaskFacts = {
    group: run.plan.groupId,
    id: planned.id,
    title: planned.title,
    files: planned.files,
    depends_on: dependencies.map((each) => each.planned.id),
  };
  const role = { name: planned.role, ...roleNamed(planned.role, run.plan.roles) };
  // Units of a map are independent: a prompt must not depend on which others have ended.
  const board = run.plan.kind === 'map' ? run.plan.blackboard : blackboardOf(run).board;
  return viewFor(board, role, { job: run.plan.run, task });
}

/** The part of the board that a role may read. */
export function viewFor(
  board: Blackboard,
  role: Pick<Role, 'sees'> & { readonly name: string },
  { job, task }: { readonly job: string; readonly task: TaskFacts },
): BlackboardView {
  const shown: Partial<Blackboard> = {
    ...(role.sees.includes('requirements') ? { requirements: board.requirements } : {}),
    ...(role.sees.includes('constraints') ? { constraints: board.constraints } : {}),
    ...(role.sees.includes('decisions') ? { decisions: board.decisions } : {}),
    ...(role.sees.includes('artifacts') ? { artifacts: board.artifacts } : {}),
    ...(role.sees.includes('findings') ? { findings: board.findings } : {}),
  };
  return { v: 1, job_id: job, role: role.name, task, ...shown };
}

/** The whole board, as stored in the run's directory. */
export function projectBlackboard(run: RunState): object {
  const tasks = run.order.map(({ planned: { id, title, role } }) => ({ id, title, role }));
  return {
    v: 1,
    job_id: run.plan.run,
    task: { group: run.plan.groupId, tasks },
    ...blackboardOf(run).board,
  };
}
