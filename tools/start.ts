// npm start: VS Code with the extension and a copy of the sample workspace. Ctrl-C ends it.
//   npm start -- --smoke     headless: runs the sample's first group by right click; exit code 0 or 1
//   npm start -- --server    serves VS Code on the loopback interface, even with a display
//   npm start -- DIRECTORY   opens that workspace instead of the sample; a folder of examples/ is copied
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { desktopExecutable } from '../test/support/vscode/desktop.ts';
import { repository } from '../test/support/vscode/paths.ts';
import { startServer } from '../test/support/vscode/server.ts';
import { describeError, say } from '../test/support/vscode/setup-error.ts';
import { packageExtension } from '../test/support/vscode/vsix.ts';
import { openDesktop } from './desktop-window.ts';
import { copySample, type Sample, sampleAt } from './sample.ts';
import { smoke } from './smoke.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: 'boolean' }, server: { type: 'boolean' } },
});
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interrupted.abort());
}

async function main(): Promise<void> {
  const workspace = await workspaceToOpen();
  try {
    if (values.smoke === true) {
      process.exitCode = (await smoke(workspace.folder, interrupted.signal)) ? 0 : 1;
      return;
    }
    const executable = values.server === true ? undefined : await desktopExecutable();
    if (executable === undefined) {
      await serve(workspace.folder);
    } else {
      await openOnDesktop(executable, workspace.folder);
    }
  } finally {
    await workspace.remove();
  }
}

async function workspaceToOpen(): Promise<Sample> {
  const [named] = positionals;
  if (named === undefined) {
    return copySample();
  }
  const folder = path.resolve(named);
  const sample = sampleAt(folder);
  return sample === null ? { folder, remove: () => Promise.resolve() } : copySample(sample);
}

async function openOnDesktop(executable: string, folder: string): Promise<void> {
  await execa('node', ['esbuild.js'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  say(`Opening ${folder} in ${executable}. Close the window or press Ctrl-C to end.`);
  await openDesktop(executable, folder, interrupted.signal);
}

async function serve(folder: string): Promise<void> {
  say('Packaging the extension …');
  const vsix = await packageExtension();
  // Agents find their sign-in in the user's own home.
  const server = await startServer({ vsix: [vsix], env: ownFolders(), settings: { ...gentle } });
  try {
    console.log(`\nVS Code with Parallel Groups and ${folder}:\n\n  ${server.url(folder)}\n`);
    console.log('Open this address in a browser on this machine. Ctrl-C ends it.');
    if (!interrupted.signal.aborted) {
      await once(interrupted.signal, 'abort');
    }
  } finally {
    await server.stop();
  }
}

/** Settings that tests turn off and a user expects. */
const gentle = { 'workbench.reduceMotion': 'auto', 'terminal.integrated.gpuAcceleration': 'auto' };

function ownFolders(): Record<string, string> {
  const names = ['HOME', 'SHELL', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'] as const;
  const set = names.map((name): [string, string | undefined] => [name, process.env[name]]);
  return Object.fromEntries(set.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

try {
  await main();
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
