import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { AGENTS } from '../../../src/agents/registry.ts';
import { adapterSchema } from '../../../src/coordinator/schema/attempt.ts';
import { BUILT_IN_AGENTS } from '../../../src/shared/agent-ids.ts';

const page = readFileSync(new URL('../../../docs/agents.md', import.meta.url), 'utf8');
const row = (first: string): string[] => {
  const line = page.split('\n').find((each) => each.startsWith(`| ${first} `)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
};

describe('the page on agents', () => {
  it('names the versions that were tested', () => {
    const tested = BUILT_IN_AGENTS.map((id) => {
      const { oldest, newest } = AGENTS[id].tested;
      return oldest === newest ? oldest : `${oldest} to ${newest}`;
    });
    assert.deepEqual(row('tested versions'), tested);
  });

  it('names every event stream that a custom command may print', () => {
    for (const id of adapterSchema.options) {
      assert.match(page, new RegExp(`\`${id}\``));
    }
    const schema = readFileSync(
      new URL('../../../media/parallel-groups.schema.json', import.meta.url),
      'utf8',
    );
    assert.ok(schema.includes(JSON.stringify(adapterSchema.options).replaceAll(',', ', ')));
  });
});
