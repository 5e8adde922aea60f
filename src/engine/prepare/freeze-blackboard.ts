import type { Config } from '../../coordinator/schema/config.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan, PlanContext } from '../../coordinator/schema/task.ts';

/** What every task of a run starts from: the configuration's context, then that of the plan's front matter. */
export function freezeBlackboard(
  config: Config,
  plan: Plan,
  group: Pick<Group, 'source'>,
  findings: readonly string[],
): RunSpec['blackboard'] {
  const written = plan.sources.find(({ file }) => file === group.source)?.context;
  const both = (key: keyof PlanContext): string[] => [
    ...new Set([...config.context[key], ...(written?.[key] ?? [])]),
  ];
  return {
    requirements: both('requirements'),
    constraints: both('constraints'),
    decisions: both('decisions'),
    artifacts: {},
    findings: [...findings],
  };
}
