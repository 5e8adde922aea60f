import { ROLE_OF_TYPE } from '../blackboard/roles.ts';
import type { Config, SubagentConfig, SubagentType } from '../schema/config.ts';

/**
 * Kinds of work of the subagents that are selected automatically. Any other subagent does coding unless configured
 * otherwise.
 */
export const DETECTED_SUBAGENTS: ReadonlyMap<string, SubagentType> = new Map([
  ['backend-architect', 'coding'],
  ['frontend-developer', 'coding'],
  ['database-architect', 'coding'],
  ['test-automator', 'test'],
  ['security-auditor', 'review'],
]);

type Subagents = { readonly subagents: Config['subagents'] };

/** A subagent's kind of work: as configured, else by its name, else coding. */
export function typeOfSubagent(config: Subagents, name: string): SubagentType {
  return configOf(config, name)?.type ?? DETECTED_SUBAGENTS.get(name) ?? 'coding';
}

/** Its role, which determines its access to the blackboard: as configured, else by its kind of work. */
export function roleOfSubagent(config: Subagents, name: string): string {
  return configOf(config, name)?.role ?? ROLE_OF_TYPE[typeOfSubagent(config, name)];
}

/** Subagents that review the work of others, by name. */
const LOOKS_ON = /(?:^|[-_\s])(?:reviewer|auditor|validator)$/i;

/**
 * Whether a task of this subagent needs a changed file to be proven: as configured, else unless it reviews or validates
 * the work of others.
 */
export function changesExpectedOf(config: Subagents, name: string): boolean {
  const configured = configOf(config, name);
  if (configured?.expectsChanges !== undefined) {
    return configured.expectsChanges;
  }
  const type = typeOfSubagent(config, name);
  const looksOn = configured?.type === undefined && LOOKS_ON.test(name);
  // Only an explicitly configured role counts: a subagent that writes tests is a validator by kind of work, too.
  return !(looksOn || type === 'review' || configured?.role === 'validator');
}

function configOf({ subagents }: Subagents, name: string): SubagentConfig | undefined {
  return Object.hasOwn(subagents, name) ? subagents[name] : undefined;
}
