import { capture } from '../../system/capture.ts';
import { cleanedEnvironment } from '../../system/spawn.ts';

const TIMEOUT_MS = 10_000;

/**
 * Makes a folder (absolute) a git repository of its own, as workspaces are: some agents refuse to work elsewhere. Where
 * there is no git, it stays a folder.
 */
export async function makeRepository(folder: string): Promise<void> {
  const own = Object.entries(cleanedEnvironment(process.env));
  // Set when we are started from a git hook; they would point at another repository.
  const env = Object.fromEntries(own.filter(([name]) => !name.startsWith('GIT_')));
  await capture('git', ['-C', folder, 'init', '--quiet'], { timeoutMs: TIMEOUT_MS, env });
}
