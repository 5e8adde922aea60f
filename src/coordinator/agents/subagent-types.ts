import { ROLE_OF_TYPE } from '../blackboard/roles.ts';
import type { Config, SubagentConfig, SubagentType } from '../schema/config.ts';

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

/** Subagents whose names say that they look at the work of others. */
const LOOKS_ON = /(?:^|[-_\s])(?:reviewer|auditor|validator)$/i;

/**
 * Whether a task of this subagent is unproven where no file changed: as configured, else unless it reviews or validates
 * what others did.
 */
export function changesExpectedOf(config: Subagents, name: string): boolean {
  const configured = configOf(config, name);
  if (configured?.expectsChanges !== undefined) {
    return configured.expectsChanges;
  }
  const type = typeOfSubagent(config, name);
  const looksOn = configured?.type === undefined && LOOKS_ON.test(name);
  // Only a role that is named counts: whoever writes tests is a validator too, by the kind of the work.
  return !(looksOn || type === 'review' || configured?.role === 'validator');
}

function configOf({ subagents }: Subagents, name: string): SubagentConfig | undefined {
  return Object.hasOwn(subagents, name) ? subagents[name] : undefined;
}
