import { findInstalled } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { BUILT_IN_AGENTS } from '../../shared/agent-ids.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { programOf } from '../agents/built-in-program.ts';

/** An agent that the user may choose, whether or not it is installed. */
export interface FoundAgent {
  /** Its name in plans. */
  readonly id: string;
  /** Its display name. */
  readonly title: string;
  /** The program to start (absolute); `null`: not installed. */
  readonly path: string | null;
  /** `null` if not queried, or if the program prints none. */
  readonly version: string | null;
  /** The command that installs it, and instructions for signing in; `null` for a custom agent: its author knows. */
  readonly facts: {
    readonly install: string;
    readonly signIn: string;
    /** Where a sign-in was found; `null`: not checked, or not found, which proves nothing. */
    readonly seen: string | null;
  } | null;
}

/**
 * Finds the built-in agents and those of the configuration. `queryVersions`: whether the installed programs may be
 * started to query their versions.
 */
export async function findAgents(
  config: Config,
  find: FindProgram,
  queryVersions: boolean,
): Promise<FoundAgent[]> {
  const installed = queryVersions ? await findInstalled((id) => programOf(config, id)) : [];
  const builtIn = BUILT_IN_AGENTS.map(async (id): Promise<FoundAgent> => {
    const { title, install, signIn } = AGENTS[id];
    const path = await find(programOf(config, id));
    const known = installed.find((each) => each.id === id);
    const facts = { install, signIn, seen: known?.signIn.seen ?? null };
    return { id, title, path, version: known?.version ?? null, facts };
  });
  const custom = Object.entries(config.agents).map(
    async ([id, { command }]): Promise<FoundAgent> => {
      const [program = ''] = command;
      return { id, title: id, path: await find(program), version: null, facts: null };
    },
  );
  return Promise.all([...builtIn, ...custom]);
}
