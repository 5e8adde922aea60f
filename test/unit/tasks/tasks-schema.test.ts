import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { jsonTaskSchema } from '../../../src/tasks/json/task-schema.ts';

const keys = z.object({ properties: z.record(z.string(), z.unknown()) });
const published = z
  .object({ definitions: z.looseObject({ task: keys }) })
  .parse(
    JSON.parse(readFileSync(new URL('../../../media/tasks.schema.json', import.meta.url), 'utf8')),
  );

describe('the published schema of JSON plans', () => {
  const { properties } = published.definitions.task;

  it('describes exactly the keys that are read', () => {
    const described = keys.parse(
      z.toJSONSchema(jsonTaskSchema, { io: 'input', unrepresentable: 'any' }),
    ).properties;
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(described).sort());
  });

  it('offers priorities that are accepted', () => {
    const { enum: offered } = z.object({ enum: z.array(z.unknown()) }).parse(properties.priority);
    for (const priority of offered) {
      assert.ok(jsonTaskSchema.safeParse({ id: 'a', title: 'A', priority }).success);
    }
    for (const priority of [5, -1, 1.5, 'urgent']) {
      assert.ok(!offered.includes(priority));
      assert.ok(!jsonTaskSchema.safeParse({ id: 'a', title: 'A', priority }).success);
    }
  });
});
