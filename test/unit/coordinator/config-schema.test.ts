import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import {
  configFileSchema,
  customAgentSchema,
  subagentSchema,
} from '../../../src/coordinator/schema/config.ts';
import { schemaOf } from '../../support/json-schema.ts';

const nodeSchema = z.object({ properties: z.record(z.string(), z.unknown()) });
const shipped = z.object({
  properties: z.object({
    agents: z.object({ additionalProperties: nodeSchema }),
    subagents: z.object({ additionalProperties: nodeSchema }),
    test: nodeSchema,
    contextRefresh: nodeSchema,
  }),
});

describe('the JSON schema of parallel-groups.json', () => {
  let text = '';
  before(async () => {
    text = await readFile(
      new URL('../../../media/parallel-groups.schema.json', import.meta.url),
      'utf8',
    );
  });
  const keys = (of: object): string[] => Object.keys(of).sort();

  it('offers exactly the keys that are read', () => {
    const schema = nodeSchema.parse(JSON.parse(text));
    assert.deepEqual(keys(schema.properties), keys(configFileSchema.shape));
  });

  it('offers exactly the keys of agents and subagents that are read', () => {
    const { agents, subagents } = shipped.parse(JSON.parse(text)).properties;
    assert.deepEqual(keys(agents.additionalProperties.properties), keys(customAgentSchema.shape));
    assert.deepEqual(keys(subagents.additionalProperties.properties), keys(subagentSchema.shape));
  });

  const accepts = schemaOf('parallel-groups.schema.json');
  const agent = { command: ['codex', 'exec'] };
  for (const config of [
    {},
    { maxConcurrent: 1, agent: 'codex', maxRetries: 0, retryDelayMs: 0, timeoutSeconds: 0.5 },
    { agents: { codex: { ...agent, events: 'claude', stdin: 'closed', env: { A: 'b' } } } },
    { agents: { codex: { ...agent, timeoutSeconds: 1, maxRetries: 0, maxConcurrent: 1 } } },
    { subagents: { a: { agent: 'x', type: 'test_data', keywords: ['k'], expectsChanges: false } } },
    { context: { requirements: ['x'], constraints: [], decisions: [] } },
    { contextRefresh: { command: ['x'], timeoutSeconds: 1 }, test: { required: true } },
  ]) {
    it(`accepts, as the reader does, ${JSON.stringify(config)}`, () => {
      assert.ok(configFileSchema.safeParse(config).success);
      assert.ok(accepts(config));
    });
  }

  for (const config of [
    [],
    { maxConcurrent: 0 },
    { maxConcurrent: 1.5 },
    { agent: 7 },
    { maxRetries: -1 },
    { retryDelayMs: -1 },
    { timeoutSeconds: 0 },
    { agents: { codex: {} } },
    { agents: { codex: { command: [] } } },
    { agents: { codex: { command: 'codex exec' } } },
    { agents: { codex: { ...agent, events: 'xml' } } },
    { agents: { codex: { ...agent, stdin: 'open' } } },
    { agents: { codex: { ...agent, env: { A: 1 } } } },
    { agents: { codex: { ...agent, maxConcurrent: 0 } } },
    { subagents: { a: { type: 'cook' } } },
    { subagents: { a: { keywords: 'k' } } },
    { context: { decisions: 'x' } },
    { contextRefresh: { command: [] } },
    { test: { timeoutSeconds: '5' } },
    { test: { required: 'yes' } },
  ]) {
    it(`refuses, as the reader does, ${JSON.stringify(config)}`, () => {
      assert.ok(!configFileSchema.safeParse(config).success);
      assert.ok(!accepts(config));
    });
  }
});
