// Runs all tests of a kind, several files in parallel:
//   node tools/tests/kind.ts KIND [FOLDER…] [-- MOCHA ARGUMENTS…]
// FOLDER selects folders of the kind: `agents claude gemini` runs test/agents/claude and test/agents/gemini.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { repository } from '../../test/support/vscode/paths.ts';
import { kindNamed, kindNames, kinds } from './kinds.ts';
import { mocha } from './mocha.ts';

const [text, ...rest] = process.argv.slice(2);
const name = kindNamed(text);
if (name === undefined) {
  console.error(`Unknown kind of tests "${text ?? ''}". Kinds: ${kindNames.join(', ')}.`);
  process.exit(2);
}
const firstOption = rest.findIndex((each) => each.startsWith('-'));
const folders = firstOption === -1 ? rest : rest.slice(0, firstOption);
const options = firstOption === -1 ? [] : rest.slice(firstOption);
const root = path.join(repository, 'test', name);
for (const folder of folders) {
  if (!existsSync(path.join(root, folder))) {
    const known = readdirSync(root, { withFileTypes: true }).filter((each) => each.isDirectory());
    const list = known.map((each) => each.name).join(', ');
    console.error(`test/${name} has no folder "${folder}". Its folders: ${list}.`);
    process.exit(2);
  }
}
const kind = kinds[name];
const jobs = Math.min(kind.most, Math.max(2, availableParallelism()));
const wanted = folders.length === 0 ? ['.'] : folders;
process.exitCode = await mocha([
  ...['--parallel', '--jobs', String(jobs)],
  ...kind.options,
  ...kind.together,
  ...options,
  ...wanted.map((folder) => path.posix.join('test', name, folder, '**/*.test.ts')),
]);
