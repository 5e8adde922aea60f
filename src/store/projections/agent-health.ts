import { join } from 'node:path';
import {
  type AgentHealth,
  agentHealthSchema,
  UNKNOWN_HEALTH,
} from '../../coordinator/agents/agent-health.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { createStateDirectory, stateDirectory } from '../directories/state-directory.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

/** The file's name in the state directory. */
export const AGENT_HEALTH_FILE = 'agents.json';

/** The stored health of the agents; `UNKNOWN_HEALTH` if there is no file or it cannot be parsed. */
export async function readAgentHealth(workspaceRoot: string): Promise<AgentHealth> {
  const path = join(stateDirectory(workspaceRoot), AGENT_HEALTH_FILE);
  const read = await readJsonFile(path, agentHealthSchema);
  return read.ok && read.value !== null ? read.value : UNKNOWN_HEALTH;
}

/** Replaces the stored health of the agents atomically. */
export async function writeAgentHealth(
  workspaceRoot: string,
  health: AgentHealth,
): Promise<Result<void, StateFailure>> {
  const directory = await createStateDirectory(workspaceRoot);
  if (!directory.ok) {
    return directory;
  }
  const path = join(directory.value, AGENT_HEALTH_FILE);
  try {
    await writeFileAtomic(path, `${JSON.stringify(health, undefined, 2)}\n`);
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}
