import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { glob } from 'tinyglobby';
import { repository } from '../paths.ts';

/** A bundle moves code to another file; paths that the code derives from its own place must stay. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup: (bundler) => {
    bundler.onLoad({ filter: /[/\\](src|test)[/\\].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Bundles the tests that match `pattern`, relative to the repository, for the extension host. Returns their entry, or
 * undefined without tests.
 */
export async function bundleIntegrationTests(pattern: string): Promise<string | undefined> {
  const tests = await glob(pattern, { cwd: repository });
  const folder = path.join(repository, 'out', 'integration');
  await rm(folder, { recursive: true, force: true });
  if (tests.length === 0) {
    return undefined;
  }
  const names = tests.map((file): [string, string] => [
    path.relative('test/integration', file).replace(/\.ts$/, '').replaceAll(path.sep, '-'),
    file,
  ]);
  await build({
    absWorkingDir: repository,
    entryPoints: { ...Object.fromEntries(names), index: 'test/support/vscode/host/entry.ts' },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [keepPlaces],
    logLevel: 'warning',
  });
  return path.join(folder, 'index.js');
}
