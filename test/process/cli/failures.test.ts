import { strict as assert } from 'node:assert';
import * as z from 'zod/mini';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

/** Writes down when it was started; fails until it was started as often as its argument says. */
const AGENT = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
appendFileSync('started.txt', \`\${Date.now()}\\n\`);
const times = readFileSync('started.txt', 'utf8').trimEnd().split('\\n').length;
writeFileSync(\`change-\${times}.txt\`, '');
process.exit(times > Number(process.argv[2]) ? 0 : 3);
`;

/** Five tasks, one at a time, for an agent that fails the first \`failures\` times. */
function unsteady(failures: number, cooldownSeconds: number): Record<string, string> {
  const tasks = [1, 2, 3, 4, 5].map((n) => `- [ ] T${n} [P:Group-a] Task number ${n}\n`);
  return {
    'agent.mjs': AGENT,
    'tasks.md': tasks.join(''),
    'parallel-groups.json': JSON.stringify({
      agent: 'unsteady',
      maxConcurrent: 1,
      maxRetries: 0,
      breaker: { cooldownSeconds },
      agents: {
        unsteady: { command: ['node', 'agent.mjs', String(failures)], stdin: 'closed' },
      },
    }),
  };
}

const errorsSchema = z.looseObject({
  results: z.array(z.looseObject({ error: z.nullable(z.string()) })),
});

describe('failures, in real runs of the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  const executed = (): ReturnType<CliWorkspace['json']> =>
    workspace.json('execute', '--group-id', 'a', '--yes');

  it('leave an agent alone that failed three tasks, and go on once a trial shows that it works', async () => {
    workspace = new CliWorkspace(unsteady(3, 0.7));
    const finished = await executed();
    assert.deepEqual(fates(metadataIn(finished)), {
      T1: 'failed',
      T2: 'failed',
      T3: 'failed',
      T4: 'completed',
      T5: 'completed',
    });
    const times = workspace.read('started.txt').trimEnd().split('\n').map(Number);
    assert.equal(times.length, 5);
    assert.ok(
      (times[3] ?? 0) - (times[2] ?? 0) >= 700,
      'the trial came before the cooldown was over',
    );
  });

  it('give up who has no other agent when the trial fails too', async () => {
    workspace = new CliWorkspace(unsteady(99, 0.1));
    const finished = await executed();
    assert.equal(finished.exit, 1);
    assert.equal(workspace.read('started.txt').trimEnd().split('\n').length, 4);
    const { results } = errorsSchema.parse(finished.json);
    assert.match(results[4]?.error ?? '', /^unsteady has failed 4 times in a row, and the task/);
  });

  it('go on with the fallbacks of the tasks, those that wait for a broken agent at once', async () => {
    const ids = ['T1', 'T2', 'T3', 'T4', 'T5'];
    const tasks = ids.map((id) => ({
      id,
      title: `Task ${id}`,
      description: '[P:Group-a]',
      subagent_type: 'first',
      fallback_agents: ['second'],
    }));
    const files = unsteady(99, 60);
    const command = ['node', 'steady.mjs', '{taskId}'];
    workspace = new CliWorkspace({
      'agent.mjs': files['agent.mjs'] ?? '',
      'steady.mjs':
        "import { writeFileSync } from 'node:fs';\nwriteFileSync(`${process.argv[2]}.txt`, '');\n",
      'tasks.json': JSON.stringify({ tasks }),
      'parallel-groups.json': JSON.stringify({
        maxConcurrent: 1,
        maxRetries: 0,
        agents: {
          unsteady: { command: ['node', 'agent.mjs', '99'], stdin: 'closed' },
          steady: { command, stdin: 'closed' },
        },
        subagents: { first: { agent: 'unsteady' }, second: { agent: 'steady' } },
      }),
    });
    const metadata = metadataIn(await executed());
    assert.deepEqual(new Set(Object.values(fates(metadata))), new Set(['completed']));
    assert.equal(workspace.read('started.txt').trimEnd().split('\n').length, 3);
  });

  it('stop a task that takes longer than it may with all its attempts, and no other', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        '- [ ] T1 [P:Group-a] Sleep\n  `run: sleep 60`\n- [ ] T2 [P:Group-a] Pass\n  `run: true`\n',
      'parallel-groups.json': JSON.stringify({ taskTimeoutSeconds: 1 }),
    });
    const finished = await executed();
    assert.equal(finished.exit, 1);
    assert.deepEqual(fates(metadataIn(finished)), { T1: 'failed', T2: 'completed' });
    assert.match(finished.stdout, /It took longer than 1 s, all attempts and waits together\./);
  });

  it('end a run that takes longer than it may, with exit code 4', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        '- [ ] T1 [P:Group-a] Sleep\n  `run: sleep 60`\n- [ ] T2 [P:Group-a] (depends on T1) Wait\n  `run: true`\n',
      'parallel-groups.json': JSON.stringify({ runTimeoutSeconds: 2 }),
    });
    const finished = await executed();
    assert.equal(finished.exit, 4);
    assert.deepEqual(fates(metadataIn(finished)), { T1: 'failed', T2: 'failed' });
    assert.match(finished.stdout, /The run took longer than 2 s, all that it may take\./);
  });
});
