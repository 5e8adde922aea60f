import { strict as assert } from 'node:assert';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findInstalled, untestedWords } from '../../../src/agents/installed.ts';
import { AGENTS } from '../../../src/agents/registry.ts';
import { askVersion } from '../../../src/system/find-executable.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

/** Each program as it prints its version, and whether that was tested. */
const PRINTED: Readonly<
  Record<string, readonly [printed: string, version: string, isTested: boolean]>
> = {
  claude: ['2.1.112 (Claude Code)', '2.1.112', true],
  codex: ['codex-cli 0.169.7', '0.169.7', true],
  gemini: ['0.62.0', '0.62.0', false],
  opencode: ['1.2.3', '1.2.3', false],
  copilot: ['GitHub Copilot CLI 1.0.102.', '1.0.102', true],
};

describe('the programs of built-in agents', () => {
  let root: string;
  beforeEach(function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows cannot start scripts by their first line');
    }
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));

  function program(path: string, printed: string): string {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho '${printed}'\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const env = () => ({ PATH: [join(root, 'bin'), '/usr/bin', '/bin'].join(delimiter) });

  it('are found in the search path, each with its version, as far as they are installed', async () => {
    for (const [id, [printed]] of Object.entries(PRINTED)) {
      if (id !== 'opencode') {
        program(`bin/${id}`, printed);
      }
    }
    const found = await findInstalled((id) => id, env(), root);
    assert.deepEqual(
      found.map(({ id, path, version }) => [id, path, version]),
      ['claude', 'codex', 'gemini', 'copilot'].map((id) => [
        id,
        join(root, 'bin', id),
        PRINTED[id]?.[1],
      ]),
    );
  });

  it('are found where a person says that they are', async () => {
    const elsewhere = program('opt/my codex', 'codex-cli 0.169.0');
    program('bin/codex', 'codex-cli 0.1.0');
    const found = await findInstalled((id) => (id === 'codex' ? elsewhere : id), env(), root);
    assert.deepEqual(
      found.map(({ path, version }) => [path, version]),
      [[elsewhere, '0.169.0']],
    );
  });

  it('have no version where they say none', async () => {
    program('bin/gemini', 'hello');
    const [gemini] = await findInstalled((id) => id, env(), root);
    assert.deepEqual([gemini?.id, gemini?.version], ['gemini', null]);
  });

  it('say nothing in time where they never answer, and are ended', async () => {
    const file = program('bin/slow', 'x');
    writeFileSync(file, '#!/bin/sh\nexec sleep 60\n');
    assert.equal(await askVersion(file, env(), root, 200), '');
  });

  for (const [id, [, version, isTested]] of Object.entries(PRINTED)) {
    it(`of ${id} are ${isTested ? 'known' : 'said to be untested'} at ${version}`, () => {
      const definition = Object.values(AGENTS).find((each) => each.id === id);
      assert.ok(definition !== undefined);
      const words = untestedWords(definition, version);
      assert.equal(words === null, isTested);
      assert.equal(words?.includes(version) ?? true, true);
      assert.equal(untestedWords(definition, null), null);
    });
  }
});
