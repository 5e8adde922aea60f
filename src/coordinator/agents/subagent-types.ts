import type { Config, SubagentType } from '../config.ts';

/** What the subagents that are chosen by themselves do; any other does coding unless the configuration says otherwise. */
const DETECTED: ReadonlyMap<string, SubagentType> = new Map([
  ['backend-architect', 'coding'],
  ['frontend-developer', 'coding'],
  ['database-architect', 'coding'],
  ['test-automator', 'test'],
  ['security-auditor', 'review'],
]);

/** What kind of work a subagent does: as the configuration says, else as its name is known, else coding. */
export function typeOfSubagent(
  config: { readonly subagents: Config['subagents'] },
  name: string,
): SubagentType {
  const own = Object.hasOwn(config.subagents, name) ? config.subagents[name] : undefined;
  return own?.type ?? DETECTED.get(name) ?? 'coding';
}
