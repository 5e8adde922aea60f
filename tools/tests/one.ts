// Runs one test file of any kind:
//   npm run test:one -- FILE [MOCHA ARGUMENTS…]
// A file outside this repository runs without the options of a kind.
// A file of test/integration runs inside VS Code's extension host, with the arguments of tools/integration.ts.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { glob } from 'tinyglobby';
import { repository } from '../../test/support/vscode/paths.ts';
import { kindNamed, kinds } from './kinds.ts';
import { mocha } from './mocha.ts';

const [given, ...rest] = process.argv.slice(2);
// npm starts scripts in the repository; a person may have typed the path in a folder below it.
const typedIn = process.env.INIT_CWD ?? process.cwd();

async function main(): Promise<number> {
  if (given === undefined) {
    console.error('Name the test file: npm run test:one -- test/unit/shared/same.test.ts');
    return 2;
  }
  const places = [path.resolve(typedIn, given), path.resolve(repository, given)];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) {
    return notFound(given);
  }
  const relative = path.relative(repository, file).split(path.sep).join('/');
  const [root, folder] = relative.split('/');
  if (root === '..') {
    return mocha([...rest, file]);
  }
  if (root === 'test' && folder === 'integration') {
    return integration(relative);
  }
  const kind = root === 'test' ? kindNamed(folder) : undefined;
  if (kind === undefined || !relative.endsWith('.test.ts')) {
    console.error(`${relative} is not a test: tests are test/<kind>/….test.ts.`);
    return 2;
  }
  return mocha([...kinds[kind].options, ...rest, relative]);
}

async function notFound(name: string): Promise<number> {
  const base = path.basename(name).replace(/(\.test)?\.ts$/, '');
  const similar = await glob(`test/**/*${base}*.test.ts`, { cwd: repository });
  const hint = similar.length === 0 ? '' : ` Did you mean:\n  ${similar.sort().join('\n  ')}`;
  console.error(`There is no file ${name}.${hint}`);
  return 2;
}

async function integration(file: string): Promise<number> {
  const script = path.join(repository, 'tools', 'integration.ts');
  const { exitCode } = await execa(process.execPath, [script, '--file', file, ...rest], {
    cwd: repository,
    stdio: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}

process.exitCode = await main();
