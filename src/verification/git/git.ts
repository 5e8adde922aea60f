import { capture } from '../../system/capture.ts';
import { cleanedEnvironment } from '../../system/spawn.ts';

const TIMEOUT_MS = 60_000;
/** Set when a git hook started this process; they would redirect every call to another repository. */
const REDIRECTIONS = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
];

/**
 * Returns the output of `git <args>` in `directory`, or `null` if git is missing, the directory is in no repository, or
 * the command fails or runs for more than a minute. `succeeding` lists the exit codes that count as success. For
 * reading only.
 */
export async function readGit(
  directory: string,
  args: readonly string[],
  succeeding: readonly number[] = [0],
): Promise<string | null> {
  const result = await capture(
    'git',
    // The repository's own configuration may name a program that reports changes; reading must not start it.
    ['-C', directory, '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args],
    { timeoutMs: TIMEOUT_MS, env: environment() },
  );
  return result !== null && succeeding.includes(result.exitCode) ? result.stdout : null;
}

function environment(): NodeJS.ProcessEnv {
  const env = cleanedEnvironment(process.env, {
    // Agents use the same index at the same time: a reader must not make them wait for its lock.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  });
  return Object.fromEntries(Object.entries(env).filter(([name]) => !REDIRECTIONS.includes(name)));
}
