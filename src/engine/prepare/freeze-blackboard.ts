import type { Config } from '../../coordinator/schema/config.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan, PlanContext } from '../../coordinator/schema/task.ts';

/** Returns the initial blackboard of a run: the configuration's context, then that of the plan's front matter. */
export function freezeBlackboard(
  config: Config,
  plan: Plan,
  group: Pick<Group, 'source'>,
  findings: readonly string[],
): RunSpec['blackboard'] {
  const frontMatter = plan.sources.find(({ file }) => file === group.source)?.context;
  const merged = (key: keyof PlanContext): string[] => [
    ...new Set([...config.context[key], ...(frontMatter?.[key] ?? [])]),
  ];
  return {
    requirements: merged('requirements'),
    constraints: merged('constraints'),
    decisions: merged('decisions'),
    artifacts: {},
    findings: [...findings],
  };
}
