import { findInstalled } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { BUILT_IN_AGENTS } from '../../shared/agent-ids.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { programOf } from '../agents/built-in-program.ts';

/** An agent that a person may choose, whether or not it is installed. */
export interface FoundAgent {
  /** As plans call it. */
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** What is started (absolute); `null`: it is not installed. */
  readonly path: string | null;
  /** `null`: nobody asked, or it does not say. */
  readonly version: string | null;
  /** The command that installs it, and how to sign in; `null` for a custom agent: its author knows. */
  readonly facts: {
    readonly install: string;
    readonly signIn: string;
    /** Where a sign-in was seen; `null`: nowhere, which proves nothing, or nobody looked. */
    readonly seen: string | null;
  } | null;
}

/**
 * The agents that are known by their own facts, and those of the configuration. `askVersions`: whether the installed
 * programs may be started to ask for their versions.
 */
export async function findAgents(
  config: Config,
  find: FindProgram,
  askVersions: boolean,
): Promise<FoundAgent[]> {
  const asked = askVersions ? await findInstalled((id) => programOf(config, id)) : [];
  const builtIn = BUILT_IN_AGENTS.map(async (id): Promise<FoundAgent> => {
    const { title, install, signIn } = AGENTS[id];
    const path = await find(programOf(config, id));
    const known = asked.find((each) => each.id === id);
    const facts = { install, signIn, seen: known?.signIn.seen ?? null };
    return { id, title, path, version: known?.version ?? null, facts };
  });
  const own = Object.entries(config.agents).map(async ([id, { command }]): Promise<FoundAgent> => {
    const [program = ''] = command;
    return { id, title: id, path: await find(program), version: null, facts: null };
  });
  return Promise.all([...builtIn, ...own]);
}
