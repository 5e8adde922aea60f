// Sizes of the shipped bundles, compared with the limit for the extension's bundle (400 KiB minified).
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';

const repository = path.resolve(import.meta.dirname, '..');
const BAR_KIB = 400;

await execa('node', ['esbuild.js', '--production'], { cwd: repository });
console.log('bundle            KiB   gzip KiB');
for (const name of ['extension.mjs', 'runner.js', 'cli.mjs', 'webview.js']) {
  const bytes = await readFile(path.join(repository, 'dist', name));
  const kib = (size: number): string => (size / 1024).toFixed(1).padStart(8);
  console.log(`${name.padEnd(14)}${kib(bytes.length)}${kib(gzipSync(bytes).length)}`);
}
const chunks = await readdir(path.join(repository, 'dist', 'extension'));
const sizes = await Promise.all(
  ['extension.mjs', ...chunks.map((name) => path.join('extension', name))].map(
    async (name) => (await readFile(path.join(repository, 'dist', name))).length,
  ),
);
const all = sizes.reduce((sum, size) => sum + size, 0) / 1024;
const first = (sizes[0] ?? 0) / 1024;
console.log(`extension.mjs / bar of ${BAR_KIB} KiB: ${(first / BAR_KIB).toFixed(2)}`);
console.log(
  `with its ${chunks.length} chunks, most of which load on first use: ${all.toFixed(0)} KiB`,
);
