import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';

/** Opens a desktop VS Code with fresh user data. Returns when it is closed or `signal` is aborted. */
export async function openDesktop(
  executable: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), 'pg-desktop-'));
  const args = [
    folder,
    `--extensionDevelopmentPath=${repository}`,
    `--user-data-dir=${path.join(data, 'user')}`,
    `--extensions-dir=${path.join(data, 'extensions')}`,
    '--disable-workspace-trust',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    // Chromium's sandbox refuses to start for root, as in a container.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  try {
    const result = await execa(executable, args, {
      stdio: 'ignore',
      cancelSignal: signal,
      reject: false,
      env: { VSCODE_IPC_HOOK_CLI: undefined, ELECTRON_RUN_AS_NODE: undefined },
    });
    if (result.failed && !result.isCanceled) {
      throw new Error(`${executable} ended with code ${String(result.exitCode)}.`);
    }
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
