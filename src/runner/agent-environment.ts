import type { AttemptSpec } from '../coordinator/attempt.ts';
import { attemptMarker } from '../store/attempts/attempt-marker.ts';
import { cleanedEnvironment } from '../system/spawn.ts';

/**
 * The agent's environment: ours, without what VS Code adds for itself, with what the attempt asks for. The names by
 * which its processes are recognised come last, so that nothing can pose as another attempt.
 */
export function agentEnvironment(spec: AttemptSpec, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...cleanedEnvironment(own, spec.env),
    PARALLEL_GROUPS_GROUP: spec.group,
    ...attemptMarker(spec),
  };
}
