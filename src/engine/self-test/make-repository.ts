import { capture } from '../../system/capture.ts';
import { cleanedEnvironment } from '../../system/spawn.ts';

const TIMEOUT_MS = 10_000;

/**
 * Makes a folder (absolute) a separate git repository, as workspaces are: some agents refuse to work elsewhere. Without
 * git, it remains a plain folder.
 */
export async function makeRepository(folder: string): Promise<void> {
  const own = Object.entries(cleanedEnvironment(process.env));
  // A git hook that starts us sets these variables; they would point to another repository.
  const env = Object.fromEntries(own.filter(([name]) => !name.startsWith('GIT_')));
  await capture('git', ['-C', folder, 'init', '--quiet'], { timeoutMs: TIMEOUT_MS, env });
}
