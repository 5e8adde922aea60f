import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { detectTestCommand } from '../../../../src/verification/detect-tests/detect-tests.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const windows = process.platform === 'win32';
const python = windows ? 'python' : 'python3';
const npm = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ scripts: { test: 'mocha' }, ...fields });

type Files = Readonly<Record<string, string>>;

describe('the test command of a workspace', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  const detect = (files: Files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return detectTestCommand(directory);
  };

  const found: readonly (readonly [string, Files, string, string])[] = [
    ['a test script', { 'package.json': npm() }, 'npm test', 'npm'],
    ['a manifest with a byte order mark', { 'package.json': `\uFEFF${npm()}` }, 'npm test', 'npm'],
    ['a pnpm lock file', { 'package.json': npm(), 'pnpm-lock.yaml': '' }, 'pnpm test', 'npm'],
    ['a yarn lock file', { 'package.json': npm(), 'yarn.lock': '' }, 'yarn test', 'npm'],
    ['a bun lock file', { 'package.json': npm(), 'bun.lock': '' }, 'bun run test', 'npm'],
    ['an older bun lock file', { 'package.json': npm(), 'bun.lockb': '' }, 'bun run test', 'npm'],
    [
      'a declared package manager, whatever lies beside it,',
      { 'package.json': npm({ packageManager: 'pnpm@9.1.0' }), 'yarn.lock': '' },
      'pnpm test',
      'npm',
    ],
    ['pytest.ini', { 'pytest.ini': '' }, `${python} -m pytest`, 'pytest'],
    [
      'a pyproject that configures pytest',
      { 'pyproject.toml': '[tool.pytest.ini_options]\n' },
      `${python} -m pytest`,
      'pytest',
    ],
    ['Python test files', { 'tests/test_cart.py': '' }, `${python} -m pytest`, 'pytest'],
    ['Cargo.toml', { 'Cargo.toml': '' }, 'cargo test', 'cargo'],
    ['go.mod', { 'go.mod': 'module a\n' }, 'go test ./...', 'go'],
    ['pom.xml', { 'pom.xml': '' }, 'mvn -q test', 'maven'],
    ['build.gradle.kts', { 'build.gradle.kts': '' }, 'gradle test', 'gradle'],
    ['a solution', { 'shop.sln': '' }, 'dotnet test', 'dotnet'],
    ['a C# project', { 'shop.csproj': '' }, 'dotnet test', 'dotnet'],
    ['a Gemfile with specs', { Gemfile: '', 'spec/a_spec.rb': '' }, 'bundle exec rspec', 'rspec'],
    ['mix.exs', { 'mix.exs': '' }, 'mix test', 'mix'],
    [
      'a Makefile with a test target',
      { Makefile: 'all:\n\ntest: all\n\t./t\n' },
      'make test',
      'make',
    ],
    ['deno.json', { 'deno.json': '{}' }, 'deno test', 'deno'],
  ];
  for (const [what, files, label, parser] of found) {
    it(`for ${what} is ${label}`, async () => {
      assert.deepEqual(await detect(files), { command: label.split(' '), label, parser });
    });
  }

  it('uses the wrapper that a Java project brings along', async () => {
    const gradle = windows ? 'gradlew.bat' : 'gradlew';
    const maven = windows ? 'mvnw.cmd' : 'mvnw';
    assert.deepEqual(
      (await detect({ 'build.gradle': '', [gradle]: '' }))?.command[0],
      `./${gradle}`,
    );
    assert.deepEqual((await detect({ 'pom.xml': '', [maven]: '' }))?.command[0], `./${maven}`);
  });

  it("uses the workspace's own Python", async () => {
    const own = windows ? '.venv/Scripts/python.exe' : '.venv/bin/python';
    const files = { 'pytest.ini': '', [own]: '' };
    assert.deepEqual((await detect(files))?.command, [`./${own}`, '-m', 'pytest']);
  });

  it('uses the PHPUnit that composer installs', async () => {
    const composer = JSON.stringify({ 'require-dev': { 'phpunit/phpunit': '^11' } });
    const command = (await detect({ 'composer.json': composer }))?.command;
    assert.deepEqual(command, [windows ? './vendor/bin/phpunit.bat' : './vendor/bin/phpunit']);
  });

  it('prefers a script that a person wrote to what the language suggests', async () => {
    const files = { 'package.json': npm(), 'Cargo.toml': '', Makefile: 'test:\n' };
    assert.equal((await detect(files))?.label, 'npm test');
  });

  const placeholder = JSON.stringify({
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
  });
  const nothing: readonly (readonly [string, Files])[] = [
    ['an empty folder', {}],
    ["npm's placeholder", { 'package.json': placeholder }],
    ['a package without scripts', { 'package.json': '{"name":"a"}' }],
    ['a manifest that is no JSON', { 'package.json': '{' }],
    ['a pyproject that only formats', { 'pyproject.toml': '[tool.ruff]\n' }],
    ['a Gemfile without specs', { Gemfile: '' }],
    ['a composer.json without PHPUnit', { 'composer.json': '{}' }],
    ['a Makefile that only has a variable of that name', { Makefile: 'test := 1\ntest-all:\n' }],
  ];
  for (const [what, files] of nothing) {
    it(`for ${what} is not guessed`, async () => {
      assert.equal(await detect(files), null);
    });
  }

  it('for a placeholder script is looked for elsewhere', async () => {
    assert.equal(
      (await detect({ 'package.json': placeholder, 'go.mod': '' }))?.label,
      'go test ./...',
    );
  });

  it('of a folder that does not exist is not found', async () => {
    assert.equal(await detectTestCommand(join(directory, 'missing')), null);
  });
});
