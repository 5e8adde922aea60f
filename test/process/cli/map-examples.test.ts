import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { repository } from '../../support/vscode/paths.ts';

const EXAMPLE = join(repository, 'examples', 'map');

const answerSchema = z.object({
  exit_code: z.number(),
  summary: z.looseObject({
    total: z.number(),
    ok: z.number(),
    failed: z.number(),
    units: z.array(z.string()),
  }),
  results: z.array(
    z.looseObject({
      task_id: z.string(),
      ok: z.boolean(),
      attempts: z.number(),
      summary: z.nullable(z.string()),
      artifacts: z.looseObject({ named: z.optional(z.record(z.string(), z.unknown())) }),
      log: z.nullable(z.string()),
    }),
  ),
});

/** The example as it is in the repository. */
function exampleFiles(): Record<string, string> {
  const names = readdirSync(EXAMPLE, { recursive: true, encoding: 'utf8', withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(EXAMPLE.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
  return Object.fromEntries(
    files.map((path) => [path, readFileSync(join(EXAMPLE, path), 'utf8')] as const),
  );
}

describe('the worked examples of a map', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace(exampleFiles());
  });
  afterEach(() => {
    workspace.dispose();
  });

  async function map(agent: string, units: string): Promise<z.infer<typeof answerSchema>> {
    const { json } = await workspace.json('map', '--agent', agent, '--units', units, '--yes');
    return answerSchema.parse(json);
  }

  it('analyse files: an envelope for each, in order, with what was measured', async () => {
    const { exit_code, summary, results } = await map('file-analyzer', 'src/*.mjs');
    const units = ['src/cart.mjs', 'src/retry.mjs', 'src/slug.mjs'];
    assert.equal(exit_code, 0);
    assert.deepEqual([summary.total, summary.ok, summary.failed], [3, 3, 0]);
    assert.deepEqual(summary.units, units);
    assert.deepEqual(
      results.map(({ task_id }) => task_id),
      units,
    );
    for (const { task_id, artifacts, attempts } of results) {
      const text = readFileSync(join(EXAMPLE, task_id), 'utf8');
      const facts = z.looseObject({ bytes: z.number(), lines: z.number() });
      const { bytes, lines } = facts.parse(artifacts.named?.[task_id]);
      assert.deepEqual([bytes, lines], [Buffer.byteLength(text), text.split('\n').length - 1]);
      assert.equal(attempts, 1);
    }
  });

  it('run tests, each file for itself: one that fails is one failed unit', async () => {
    workspace.write(
      'test/broken.test.mjs',
      "import assert from 'node:assert';\nimport { test } from 'node:test';\ntest('sums', () => assert.equal(1 + 1, 3));\n",
    );
    const { exit_code, summary, results } = await map('test-runner', 'test/*.test.mjs');
    assert.equal(exit_code, 1);
    assert.deepEqual([summary.total, summary.ok, summary.failed], [4, 3, 1]);
    assert.deepEqual(
      results.map(({ task_id, ok }) => [task_id, ok]),
      [
        ['test/broken.test.mjs', false],
        ['test/cart.test.mjs', true],
        ['test/retry.test.mjs', true],
        ['test/slug.test.mjs', true],
      ],
    );
    assert.match(readFileSync(results[0]?.log ?? '', 'utf8'), /1 of 1 tests failed: sums/);
    assert.equal(results[1]?.summary, 'all 3 tests passed');
  });

  it('analyse code: functions, the longest of them, branches and notes', async () => {
    const { exit_code, results } = await map('code-analyzer', '**/*.mjs');
    assert.equal(exit_code, 0);
    const cart = results.find(({ task_id }) => task_id === 'src/cart.mjs');
    const facts = z.object({
      functions: z.number(),
      longest: z.object({
        name: z.string(),
        line: z.number(),
        lines: z.number(),
        complexity: z.number(),
      }),
      complexity: z.number(),
      notes: z.array(z.object({ line: z.number(), text: z.string() })),
    });
    assert.deepEqual(facts.parse(cart?.artifacts.named?.['src/cart.mjs']), {
      functions: 2,
      longest: { name: 'total', line: 2, lines: 10, complexity: 5 },
      complexity: 5,
      notes: [{ line: 13, text: 'TODO: taxes differ by country.' }],
    });
  });
});
