// Sizes of what is shipped, against the bar for the extension's bundle (400 KiB minified).
import { readFile } from 'node:fs/promises';
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
const extension = await readFile(path.join(repository, 'dist', 'extension.mjs'));
console.log(
  `extension.mjs / bar of ${String(BAR_KIB)} KiB: ${(extension.length / 1024 / BAR_KIB).toFixed(2)}`,
);
