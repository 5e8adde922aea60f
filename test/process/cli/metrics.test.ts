import { strict as assert } from 'node:assert';
import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { readExposition } from '../../support/metrics/read-exposition.ts';

const rowSchema = z.looseObject({
  name: z.string(),
  attempts: z.number(),
  successes: z.number(),
  failures: z.record(z.string(), z.number()),
  success_rate: z.nullable(z.number()),
  retries: z.number(),
  latency_ms: z.object({ p50: z.nullable(z.number()), p95: z.nullable(z.number()) }),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_usd: z.nullable(z.number()),
});
const answerSchema = z.object({
  version: z.literal(1),
  runs: z.number(),
  agents: z.array(rowSchema),
  subagents: z.array(rowSchema),
  groups: z.array(rowSchema),
  warnings: z.array(z.string()),
});

const PLAN = `- [ ] T1 [P:Group-a] [Subagent: test-engineer] Write a file
  fake: says=working ; edit=one.txt ; ok
- [ ] T2 [P:Group-a] Fail once, then write another
  fake: says=working ; attempt=1:exit=3 ; edit=two.txt ; ok
- [ ] T3 [P:Group-a] Say that it is done
  fake: ok
- [ ] T4 [P:Group-b] A command
  \`run: exit 4\`
`;
const CONFIG = JSON.stringify({
  agent: 'fake',
  retryDelayMs: 10,
  subagents: { 'test-engineer': { type: 'test' } },
  agents: { fake: { command: ['node', FAKE_AGENT], events: 'claude', maxRetries: 1 } },
});

describe('metrics over all runs of a workspace', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  before(async () => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN, 'parallel-groups.json': CONFIG });
    await workspace.run('execute', '--all', '--yes');
  });
  after(() => {
    workspace.dispose();
  });

  async function answer(): Promise<z.infer<typeof answerSchema>> {
    const { exit, json } = await workspace.json('metrics');
    assert.equal(exit, 0);
    return answerSchema.parse(json);
  }

  it('agree with what a real run did', async () => {
    const { runs, agents, subagents, groups, warnings } = await answer();
    assert.deepEqual([runs, warnings], [2, []]);
    const counts = agents.map(({ name, attempts, successes, failures, retries }) => ({
      name,
      attempts,
      successes,
      failures,
      retries,
    }));
    assert.deepEqual(counts, [
      {
        name: 'fake',
        attempts: 4,
        successes: 2,
        retries: 1,
        failures: { exit: 1, no_evidence: 1 },
      },
      { name: 'run', attempts: 1, successes: 0, failures: { exit: 1 }, retries: 0 },
    ]);
    const [fake] = agents;
    assert.equal(fake?.success_rate, 0.5);
    assert.ok(fake.input_tokens > 0 && (fake.cost_usd ?? 0) > 0);
    assert.ok((fake.latency_ms.p95 ?? 0) >= (fake.latency_ms.p50 ?? Infinity));
    assert.deepEqual(
      subagents.map(({ name, attempts }) => [name, attempts]),
      [
        ['backend-architect', 4],
        ['test-engineer', 1],
      ],
    );
    assert.deepEqual(
      groups.map(({ name, attempts }) => [name, attempts]),
      [
        ['tasks.md#a', 4],
        ['tasks.md#b', 1],
      ],
    );
  });

  it('are text that Prometheus reads, with the same numbers', async () => {
    const { exit, stdout, stderr } = await workspace.run('metrics');
    assert.deepEqual([exit, stderr], [0, '']);
    const families = readExposition(stdout);
    const sum = (name: string, agent: string): number =>
      (families.get(`parallel_groups_${name}`)?.samples ?? [])
        .filter(({ labels }) => labels.agent === agent)
        .reduce((total, { value }) => total + value, 0);
    const names = ['attempts_total', 'attempt_successes_total', 'attempt_failures_total'];
    assert.deepEqual(
      names.map((name) => sum(name, 'fake')),
      [4, 2, 2],
    );
    const { agents } = await answer();
    assert.equal(
      sum('tokens_total', 'fake'),
      (agents[0]?.input_tokens ?? 0) + (agents[0]?.output_tokens ?? 0),
    );
    const runs = families.get('parallel_groups_runs_total')?.samples ?? [];
    assert.deepEqual(
      runs.map(({ labels, value }) => [labels.group, labels.status, value]),
      [
        ['a', 'failed', 1],
        ['b', 'failed', 1],
      ],
    );
  });

  it('leave out a run that somebody else started, and a broken journal, and name them', async () => {
    const runs = join(workspace.root, '.parallel-groups', 'runs');
    const [first = ''] = readdirSync(runs);
    cpSync(join(runs, first), join(runs, '00000000T000000Z-copied'), { recursive: true });
    const { agents, warnings } = await answer();
    assert.equal(agents[0]?.attempts, 4);
    assert.match(warnings.join(), /^1 run not counted, .*copied$/);
    const [journal = ''] = readdirSync(join(runs, first)).filter((name) => name.endsWith('.jsonl'));
    appendFileSync(join(runs, first, journal), 'no event\n');
    const after = await answer();
    assert.deepEqual([after.runs, after.warnings.length], [1, 2]);
    assert.ok(after.warnings[0]?.includes(first), after.warnings[0]);
  });
});
