import { execa } from 'execa';
import path from 'node:path';
import { install } from '../vscode/cache.ts';
import { npm } from '../vscode/npm.ts';
import { SetupError } from '../vscode/setup-error.ts';

/** The last release in plain JavaScript: 48 MB instead of 200, and the same on every platform. */
const VERSION = '2.1.112';

/** The folder with the real `claude`, for a `PATH`; installed into the tests' cache on first use. */
export async function claudeFolder(): Promise<string> {
  const bin = path.join('node_modules', '.bin');
  const program = path.join(bin, process.platform === 'win32' ? 'claude.cmd' : 'claude');
  const what = `@anthropic-ai/claude-code@${VERSION}`;
  const folder = await install({
    name: `claude-code-${VERSION}`,
    title: `Claude Code ${VERSION}`,
    megabytes: 120,
    files: [program],
    build: (into) => npm(into, ['install', '--prefix', into, '--no-save', '--omit=optional', what]),
    verify: async (into) => {
      const { stdout } = await execa(path.join(into, program), ['--version'], {
        env: { HOME: into, DISABLE_AUTOUPDATER: '1' },
      });
      if (!stdout.startsWith(VERSION)) throw new SetupError(`${what} says that it is ${stdout}.`);
    },
  });
  return path.join(folder, bin);
}
