import { type Folder, openFolder } from './folder.ts';
import { packageScript } from './package-script.ts';

/** A test command that was found. */
export interface TestCommand {
  readonly command: string[];
  /** As a person reads it: `npm test`. */
  readonly label: string;
  /** How its output is read (`CheckPlan.parser`). */
  readonly parser: string;
}

interface Ecosystem {
  readonly parser: string;
  /** The argv, or `null` where this workspace has no such tests. */
  readonly find: (folder: Folder) => Promise<readonly string[] | null> | readonly string[] | null;
}

const WINDOWS = process.platform === 'win32';

/** In the order in which they are asked; the first that answers is used. What a person wrote as a script goes first. */
const ECOSYSTEMS: readonly Ecosystem[] = [
  { parser: 'npm', find: packageScript },
  { parser: 'pytest', find: pytest },
  { parser: 'cargo', find: (folder) => (folder.has('Cargo.toml') ? ['cargo', 'test'] : null) },
  { parser: 'go', find: (folder) => (folder.has('go.mod') ? ['go', 'test', './...'] : null) },
  { parser: 'maven', find: (folder) => (folder.has('pom.xml') ? maven(folder) : null) },
  { parser: 'gradle', find: gradle },
  { parser: 'dotnet', find: dotnet },
  { parser: 'rspec', find: rspec },
  { parser: 'mix', find: (folder) => (folder.has('mix.exs') ? ['mix', 'test'] : null) },
  { parser: 'phpunit', find: phpunit },
  { parser: 'make', find: make },
  { parser: 'deno', find: deno },
];

/**
 * The command that runs the tests of the workspace (absolute path), by what lies in its root; `null` where nothing is
 * recognised. Nothing is executed, and whether the program is installed is not asked.
 */
export async function detectTestCommand(workspaceRoot: string): Promise<TestCommand | null> {
  const folder = await openFolder(workspaceRoot);
  for (const { parser, find } of ECOSYSTEMS) {
    const command = await find(folder);
    if (command !== null) {
      return { command: [...command], label: command.join(' '), parser };
    }
  }
  return null;
}

/** Project files that need not be about tests say so themselves. */
const MENTIONING = ['pyproject.toml', 'setup.cfg', 'tox.ini', 'requirements-dev.txt'];
const TEST_FILE = /^(?:test_.*|.*_test)\.py$/;

async function pytest(folder: Folder): Promise<readonly string[] | null> {
  if (!(await hasPytest(folder))) {
    return null;
  }
  const own = WINDOWS ? 'Scripts/python.exe' : 'bin/python';
  for (const environment of ['.venv', 'venv']) {
    const python = `./${environment}/${own}`;
    if (await folder.exists(python)) {
      return [python, '-m', 'pytest'];
    }
  }
  return [WINDOWS ? 'python' : 'python3', '-m', 'pytest'];
}

async function hasPytest(folder: Folder): Promise<boolean> {
  if (
    ['pytest.ini', '.pytest.ini', 'pytest.toml', 'conftest.py'].some((name) => folder.has(name))
  ) {
    return true;
  }
  const files = [...folder.names, ...(await folder.list('tests')), ...(await folder.list('test'))];
  if (files.some((name) => TEST_FILE.test(name) || name === 'conftest.py')) {
    return true;
  }
  const texts = await Promise.all(MENTIONING.map((name) => folder.read(name)));
  return texts.some((text) => /\bpytest\b/.test(text ?? ''));
}

function maven(folder: Folder): readonly string[] {
  const wrapper = WINDOWS ? 'mvnw.cmd' : 'mvnw';
  return [folder.has(wrapper) ? `./${wrapper}` : 'mvn', '-q', 'test'];
}

function gradle(folder: Folder): readonly string[] | null {
  const builds = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'];
  if (!builds.some((name) => folder.has(name))) {
    return null;
  }
  const wrapper = WINDOWS ? 'gradlew.bat' : 'gradlew';
  return [folder.has(wrapper) ? `./${wrapper}` : 'gradle', 'test'];
}

function dotnet({ names }: Folder): readonly string[] | null {
  return names.some((name) => /\.(?:slnx?|[cfv](?:s|b)proj)$/.test(name))
    ? ['dotnet', 'test']
    : null;
}

function rspec(folder: Folder): readonly string[] | null {
  return folder.has('Gemfile') && (folder.has('spec') || folder.has('.rspec'))
    ? ['bundle', 'exec', 'rspec']
    : null;
}

async function phpunit(folder: Folder): Promise<readonly string[] | null> {
  if (!((await folder.read('composer.json')) ?? '').includes('"phpunit/phpunit"')) {
    return null;
  }
  return [WINDOWS ? './vendor/bin/phpunit.bat' : './vendor/bin/phpunit'];
}

async function make(folder: Folder): Promise<readonly string[] | null> {
  // The order in which make itself looks.
  const name = ['GNUmakefile', 'makefile', 'Makefile'].find((each) => folder.has(each));
  const text = name === undefined ? null : await folder.read(name);
  // `test := …` sets a variable.
  return /^(?:[\w.-]+ +)*test(?: +[\w.-]+)* *::?(?!=)/m.test(text ?? '') ? ['make', 'test'] : null;
}

function deno(folder: Folder): readonly string[] | null {
  return folder.has('deno.json') || folder.has('deno.jsonc') ? ['deno', 'test'] : null;
}
