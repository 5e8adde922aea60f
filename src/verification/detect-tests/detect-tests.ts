import { type Folder, openFolder } from './folder.ts';
import { packageScript } from './package-script.ts';

/** A detected test command. */
export interface TestCommand {
  readonly command: string[];
  /** The command as the user reads it: `npm test`. */
  readonly label: string;
  /** The parser of its output (`SuiteSpec.parser`). */
  readonly parser: string;
}

interface Ecosystem {
  readonly parser: string;
  /** Returns the argv, or `null` if the workspace has no such tests. */
  readonly find: (folder: Folder) => Promise<readonly string[] | null> | readonly string[] | null;
}

const WINDOWS = process.platform === 'win32';

/** Tried in this order; the first match wins. Scripts that the user wrote come first. */
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
 * Detects the command that runs the tests of the workspace (absolute path) from the files in its root; returns `null`
 * if it recognises nothing. Executes nothing and does not check whether the program is installed.
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

/** Files that exist for other reasons too: they count only if they mention pytest. */
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
  // The order in which make itself searches.
  const name = ['GNUmakefile', 'makefile', 'Makefile'].find((each) => folder.has(each));
  const text = name === undefined ? null : await folder.read(name);
  // `test := …` sets a variable.
  return /^(?:[\w.-]+ +)*test(?: +[\w.-]+)* *::?(?!=)/m.test(text ?? '') ? ['make', 'test'] : null;
}

function deno(folder: Folder): readonly string[] | null {
  return folder.has('deno.json') || folder.has('deno.jsonc') ? ['deno', 'test'] : null;
}
