import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { install } from './cache.ts';
import { nodeExecutable } from './node.ts';
import { npm } from './npm.ts';
import { SetupError } from './setup-error.ts';
import { replaceNativeModules } from './stand-ins.ts';
import { type Release, releases } from './versions.ts';

const entry = path.join('out', 'server-main.js');
const terminalProbe = `
  const terminal = require('node-pty').spawn('/bin/sh', ['-c', 'exit 7'], {});
  terminal.onExit(({ exitCode }) => process.exit(exitCode === 7 ? 0 : 1));
`;
const Product = z.object({ version: z.string() });

export interface InstalledServer {
  readonly release: Release;
  /** The Node for this release. */
  readonly node: string;
  /** Its `server-main.js`. */
  readonly main: string;
}

/**
 * Installs a complete VS Code (workbench, extension host, terminals) from the npm registry: the package `code-server`
 * contains one. Keeps nothing else of that package.
 */
export async function installServer(release: Release): Promise<InstalledServer> {
  if (process.platform === 'win32') {
    throw new SetupError(
      'On Windows the tests need a desktop VS Code: set VSCODE_TEST_EXECUTABLE to its Code.exe.',
    );
  }
  const { product, codeServer, node: nodeVersion } = releases[release];
  const node = await nodeExecutable(nodeVersion);
  const folder = await install({
    name: `vscode-server-${product}`,
    title: `VS Code ${product} (server)`,
    megabytes: 900,
    files: [entry, 'node_modules/node-pty/package.json', 'product.json'],
    build: (into) => build(into, codeServer),
    verify: (into) => verify(into, product, node),
  });
  return { release, node, main: path.join(folder, entry) };
}

async function build(folder: string, codeServer: string): Promise<void> {
  const download = `${folder}.download`;
  await rm(download, { recursive: true, force: true });
  // --ignore-scripts: the package would compile native modules although it has prebuilt ones.
  await npm(path.dirname(folder), [
    'install',
    '--prefix',
    download,
    '--no-save',
    '--ignore-scripts',
    `code-server@${codeServer}`,
  ]);
  await rm(folder, { recursive: true });
  await rename(path.join(download, 'node_modules', 'code-server', 'lib', 'vscode'), folder);
  await rm(download, { recursive: true, force: true });
  await npm(folder, ['install', '--ignore-scripts', '--omit=dev']);
  await replaceNativeModules(folder);
}

async function verify(folder: string, product: string, node: string): Promise<void> {
  const { version } = Product.parse(
    JSON.parse(await readFile(path.join(folder, 'product.json'), 'utf8')),
  );
  if (version !== product) {
    throw new SetupError(`Expected VS Code ${product}, and npm brought ${version}.`);
  }
  if (!existsSync(path.join(folder, entry))) {
    throw new SetupError(`${entry} is missing.`);
  }
  // Without node-pty there are no terminals, and VS Code would report that much later.
  const pty = await execa(node, ['--eval', terminalProbe], {
    cwd: folder,
    reject: false,
    timeout: 20_000,
  });
  if (pty.failed) {
    throw new SetupError(
      `node-pty, which VS Code's terminals need, does not work here:\n${pty.stderr}\n` +
        `Its prebuilt binary needs glibc on x64 or arm64 (this is ${process.platform} ${process.arch}).`,
    );
  }
}
