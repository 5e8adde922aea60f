import { untestedWords, versionOf } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/**
 * A sentence for each built-in agent of a plan whose version was never tested here. They are asked for their versions,
 * each once as long as it stays the same; one that says none is not spoken of. Nobody is refused for it.
 */
export async function versionWarnings(plan: Pick<RunSpec, 'tasks'>): Promise<string[]> {
  const programs = new Map<string, string>();
  for (const { agent, command } of plan.tasks.flatMap(({ agents }) => agents)) {
    const [program] = command.kind === 'argv' ? command.argv : [];
    if (program !== undefined) {
      programs.set(agent, program);
    }
  }
  const asked = [...programs].map(async ([agent, program]) =>
    isBuiltInAgent(agent)
      ? untestedWords(AGENTS[agent], await versionOf(program, process.env))
      : null,
  );
  return (await Promise.all(asked)).filter((words) => words !== null);
}
