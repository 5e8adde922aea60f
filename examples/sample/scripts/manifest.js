// Writes dist/manifest.json: size and SHA-256 of every built file, so that a download can be
// checked. With --check it compares the files with the manifest instead.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const dist = new URL('../dist/', import.meta.url);
const target = new URL('manifest.json', dist);
const { version } = readJson(new URL('../package.json', import.meta.url));

const names = readdirSync(dist, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name !== 'manifest.json' && statSync(new URL(name, dist)).isFile())
  .sort();
const files = names.map((name) => {
  const bytes = readFileSync(new URL(name, dist));
  console.log(`${String(bytes.length).padStart(8)}  ${name}`);
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
});

if (process.argv.includes('--check')) check({ version, files });
else write({ version, files });

function write(manifest) {
  writeFileSync(target, `${JSON.stringify(manifest, undefined, 2)}\n`);
  console.log(`wrote dist/manifest.json for version ${version}: ${files.length} files`);
}

function check(manifest) {
  const same = isDeepStrictEqual(readJson(target), manifest);
  console.log(same ? 'dist/ is what its manifest says' : 'dist/ differs from its manifest');
  process.exitCode = same ? 0 : 1;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
