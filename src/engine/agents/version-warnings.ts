import { untestedWords, versionOf } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/**
 * Returns a warning for each built-in agent of a plan whose version was never tested. Asks a program for its version
 * only once while the program stays unchanged. An unknown version causes no warning, and no agent is refused for its
 * version.
 */
export async function versionWarnings(plan: Pick<RunSpec, 'tasks'>): Promise<string[]> {
  const programs = new Map<string, string>();
  for (const { agent, command } of plan.tasks.flatMap(({ agents }) => agents)) {
    const [program] = command.kind === 'argv' ? command.argv : [];
    if (program !== undefined) {
      programs.set(agent, program);
    }
  }
  const warnings = [...programs].map(async ([agent, program]) =>
    isBuiltInAgent(agent)
      ? untestedWords(AGENTS[agent], await versionOf(program, process.env))
      : null,
  );
  return (await Promise.all(warnings)).filter((warning) => warning !== null);
}
