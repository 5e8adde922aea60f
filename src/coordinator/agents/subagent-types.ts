import { ROLE_OF_TYPE } from '../blackboard/roles.ts';
import type { Config, SubagentConfig, SubagentType } from '../config.ts';

/** What the subagents that are chosen by themselves do; any other does coding unless the configuration says otherwise. */
export const DETECTED_SUBAGENTS: ReadonlyMap<string, SubagentType> = new Map([
  ['backend-architect', 'coding'],
  ['frontend-developer', 'coding'],
  ['database-architect', 'coding'],
  ['test-automator', 'test'],
  ['security-auditor', 'review'],
]);

type Subagents = { readonly subagents: Config['subagents'] };

/** What kind of work a subagent does: as the configuration says, else as its name is known, else coding. */
export function typeOfSubagent(config: Subagents, name: string): SubagentType {
  return configOf(config, name)?.type ?? DETECTED_SUBAGENTS.get(name) ?? 'coding';
}

/** Its part in the job, which says what it may see of the blackboard: as configured, else by its kind of work. */
export function roleOfSubagent(config: Subagents, name: string): string {
  return configOf(config, name)?.role ?? ROLE_OF_TYPE[typeOfSubagent(config, name)];
}

function configOf({ subagents }: Subagents, name: string): SubagentConfig | undefined {
  return Object.hasOwn(subagents, name) ? subagents[name] : undefined;
}
