import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { repository } from '../paths.ts';
import type { HostEnd, HostRun } from './in-server.ts';

/** Runs the entry in the extension host of a desktop VS Code. */
export async function runInDesktop(executable: string, run: HostRun): Promise<HostEnd> {
  const data = await mkdtemp(path.join(tmpdir(), 'pg-desktop-'));
  const output = new PassThrough();
  const chunks: string[] = [];
  output.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  try {
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: repository,
      extensionTestsPath: run.entry,
      // VS Code leaves sockets and folders in the temporary folder.
      extensionTestsEnv: { ...run.env, TMPDIR: data, TMP: data, TEMP: data },
      launchArgs: [
        run.folder,
        '--disable-workspace-trust',
        '--disable-extensions',
        `--user-data-dir=${path.join(data, 'user')}`,
        `--extensions-dir=${path.join(data, 'extensions')}`,
      ],
      stdout: output,
      stderr: output,
    }).catch(() => 1);
    return { code, log: chunks.join('') };
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
