import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { BuiltInAgent } from '../shared/agent-ids.ts';
import { t } from '../shared/messages.ts';
import type { SignIn } from '../shared/view-models/agent-views.ts';
import { rangeWords } from '../shared/words/agent-words.ts';
import { askVersion, findExecutable } from '../system/find-executable.ts';
import type { AgentDefinition } from './contract/agent.ts';
import { AGENTS } from './registry.ts';
import { findSignIn } from './sign-in.ts';
import { untestedVersion } from './stream/tested-versions.ts';

/** A built-in agent's program that is installed on this machine. */
export interface InstalledProgram {
  readonly id: BuiltInAgent;
  /** Absolute. */
  readonly path: string;
  /** `2.1.329`; `null` if the program reports none. */
  readonly version: string | null;
  readonly signIn: SignIn;
}

/** The executable of an agent: a name or an absolute path. */
export type ProgramOf = (agent: BuiltInAgent) => string;

/** Time limit for a program to report its version, ms. */
const VERSION_LIMIT_MS = 10_000;

/** By path, modification time and size, so that a program is asked again only after it changed. */
const versions = new Map<string, Promise<string | null>>();

/**
 * Finds the installed built-in agents and asks all of them for their versions at the same time. The programs start outside
 * every workspace. `home`: the home directory to search for sign-ins.
 */
export async function findInstalled(
  programOf: ProgramOf,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): Promise<InstalledProgram[]> {
  const found = await Promise.all(
    Object.values(AGENTS).map(async (definition) => {
      const path = await findExecutable(programOf(definition.id), env);
      return path === null ? null : describeProgram(definition, path, env, home);
    }),
  );
  return found.filter((program) => program !== null);
}

async function describeProgram(
  definition: AgentDefinition,
  path: string,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<InstalledProgram> {
  const [version, signIn] = await Promise.all([
    versionOf(path, env),
    findSignIn(definition, env, home),
  ]);
  return { id: definition.id, path, version, signIn };
}

/** The version of the program at `path` (absolute), such as `2.1.329`; `null` if it reports none. */
export async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    return null;
  }
  const key = `${path}\n${found.mtimeMs}\n${found.size}`;
  const known =
    versions.get(key) ??
    askVersion(path, env, homedir(), VERSION_LIMIT_MS).then(
      (printed) => /\d+\.\d+\.\d+/.exec(printed)?.[0] ?? null,
    );
  versions.set(key, known);
  return known;
}

/** A sentence about a version that was never tested; `null` if the version was tested or is unknown. */
export function untestedWords(
  { title, tested }: Pick<AgentDefinition, 'title' | 'tested'>,
  version: string | null,
): string | null {
  return version === null || untestedVersion(version, tested) === null
    ? null
    : t(
        '{0} {1} has not been tested, only {2}: some of its output may not be shown.',
        title,
        version,
        rangeWords(tested),
      );
}
