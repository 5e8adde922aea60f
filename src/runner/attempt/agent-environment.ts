import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import { attemptMarker } from '../../store/attempts/attempt-marker.ts';
import { cleanedEnvironment } from '../../system/spawn.ts';

/** Taken once: reading the real one asks the system for every name, and a host starts hundreds of agents. */
let own: NodeJS.ProcessEnv | undefined;

/**
 * The agent's environment: ours, without what VS Code adds for itself, with what the attempt asks for. The names by
 * which its processes are recognised come last, so that nothing can pose as another attempt.
 */
export function agentEnvironment(spec: AttemptSpec): NodeJS.ProcessEnv {
  own ??= cleanedEnvironment(process.env);
  return {
    ...own,
    ...spec.env,
    PARALLEL_GROUPS_GROUP: spec.group,
    ...attemptMarker(spec),
  };
}
