import { subagentChooser } from '../coordinator/plan/subagents.ts';
import type { Config } from '../coordinator/config.ts';
import type { Plan } from '../coordinator/task.ts';
import { type GroupSurroundings, projectGroup } from '../coordinator/view/project-group.ts';
import type { GroupKey } from '../shared/ids.ts';
import type { GroupView } from '../shared/views.ts';
import { attemptDirectory } from '../store/attempts/attempt-directory.ts';
import { runDirectory } from '../store/run-directory.ts';

/** What the groups of a workspace are drawn from. */
export interface GroupsSurroundings extends Pick<GroupSurroundings, 'allowed' | 'now'> {
  readonly plan: Plan;
  readonly subagents: Config['subagents'];
  readonly workspaceRoot: string;
  /** A group's newest run. */
  readonly runOf: (group: GroupKey) => GroupSurroundings['run'];
}

/** Every group as it is to be shown, in plan order. */
export function projectGroups(around: GroupsSurroundings): GroupView[] {
  const { plan, allowed, now, runOf, workspaceRoot } = around;
  const subagentOf = subagentChooser(around.subagents);
  return plan.groups.map((group) =>
    projectGroup(group, {
      plan,
      subagentOf,
      now,
      allowed,
      run: runOf(group.key),
      attemptDirectory: (run, { planned, attempt }) =>
        attemptDirectory(runDirectory(workspaceRoot, run.plan.run), planned.key, attempt),
    }),
  );
}
