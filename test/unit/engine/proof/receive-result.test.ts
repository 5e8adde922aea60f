import { strict as assert } from 'node:assert';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAgentResult, ResultReader } from '../../../../src/engine/proof/receive-result.ts';
import { agentResult } from '../../../support/coordinator/results.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('what an attempt leaves for the others', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    file = join(directory, 'result.json');
  });
  afterEach(() => removeDirectory(directory));
  const refusal = async (): Promise<string> => {
    const left = await readAgentResult(directory);
    return left.ok ? assert.fail('it was taken') : left.failure;
  };

  it('may be nothing', async () => {
    assert.deepEqual(await readAgentResult(directory), { ok: true, value: null });
  });

  it('is read with everything that it does not say as empty, and unknown keys left out', async () => {
    writeFileSync(file, '{ "decisions": ["use JSON"], "status": "ok" }');
    const left = await readAgentResult(directory);
    assert.deepEqual(left, { ok: true, value: agentResult({ decisions: ['use JSON'] }) });
  });

  const table: readonly (readonly [what: string, text: string, why: RegExp])[] = [
    ['is no JSON', 'done!', /result\.json is not JSON/],
    ['is no object', '["done"]', /another form than expected/],
    ['has a list of something else', '{"decisions": [1]}', /expected: decisions\.0: /],
    ['has a text for a list', '{"findings": "slow"}', /expected: findings: /],
    ['is nested to exhaust the stack', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, /nested more/],
    ['is larger than it may be', JSON.stringify({ summary: 'x'.repeat(300_000) }), /larger than/],
  ];
  for (const [what, text, why] of table) {
    it(`is left out where it ${what}, naming the file`, async () => {
      writeFileSync(file, text);
      const refused = await refusal();
      assert.match(refused, why);
      assert.ok(refused.includes(file));
    });
  }

  it('is left out where its run has no room for it, also after a takeover', async () => {
    writeFileSync(file, JSON.stringify({ summary: 'x'.repeat(100) }));
    const taken = { result: agentResult({ summary: 'x'.repeat(100) }) };
    const size = JSON.stringify(taken.result).length;
    const reader = new ResultReader([taken], 2 * size);
    assert.ok((await reader.read(directory)).ok);
    const refused = await reader.read(directory);
    assert.ok(!refused.ok);
    assert.match(refused.failure, /results of this run are too large/);
  });

  it('is left out where it is a link, or no file', async () => {
    writeFileSync(join(directory, 'other.json'), '{}');
    symlinkSync(join(directory, 'other.json'), file);
    assert.match(await refusal(), /cannot be read/);
    removeDirectory(file);
    mkdirSync(file);
    assert.match(await refusal(), /cannot be read/);
  });
});
