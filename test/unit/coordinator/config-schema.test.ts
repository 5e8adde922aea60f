import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import {
  configFileSchema,
  customAgentSchema,
  subagentSchema,
} from '../../../src/coordinator/config.ts';

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
});
