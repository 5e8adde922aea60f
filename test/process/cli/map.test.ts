import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { errorIn, fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace, type FinishedCli } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

/** Writes down which unit it was started for, waits where `wait` is there, and fails for `bad…`. */
const AGENT = `
import { appendFileSync, existsSync } from 'node:fs';
import { basename } from 'node:path';
const [unit] = process.argv.slice(2);
appendFileSync('done.txt', \`\${unit} \${process.env.PARALLEL_GROUPS_UNIT}\\n\`);
while (existsSync('wait')) await new Promise((resolve) => setTimeout(resolve, 20));
process.exit(basename(unit).startsWith('bad') ? 3 : 0);
`;

function files(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'agent.mjs': AGENT,
    'parallel-groups.json': JSON.stringify({
      agents: { echo: { command: ['node', 'agent.mjs', '{unit}'], stdin: 'closed' } },
      subagents: { reader: { agent: 'echo' } },
    }),
    ...more,
  };
}

const emptySchema = z.object({
  summary: z.unknown(),
  results: z.unknown(),
  warnings: z.unknown(),
});

describe('parallel-groups map', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  /** The units that the agent was started for, with what its environment said. */
  function started(): string[] {
    return workspace.read('done.txt').trimEnd().split('\n').sort();
  }

  async function mapped(
    ...args: readonly string[]
  ): Promise<FinishedCli & { readonly json: unknown }> {
    return workspace.json('map', '--agent', 'echo', '--yes', ...args);
  }

  it('applies the agent to each unit once and sums up in order of the units (test_run_parallel_and_summarize)', async () => {
    workspace = new CliWorkspace(files({ units: 'b\na10\na2\nc\n' }));
    const finished = await mapped('--units-file', 'units', '--max-concurrent', '2');
    assert.equal(finished.exit, 0);
    assert.deepEqual(started(), ['a10 a10', 'a2 a2', 'b b', 'c c']);
    const metadata = metadataIn(finished);
    assert.equal(metadata.status, 'completed');
    assert.deepEqual(metadata.summary, {
      total: 4,
      ok: 4,
      failed: 0,
      blocked: 0,
      cancelled: 0,
      units: ['a2', 'a10', 'b', 'c'],
    });
    assert.deepEqual(
      metadata.results.map(({ task_id, attempts }) => [task_id, attempts]),
      [
        ['a2', 1],
        ['a10', 1],
        ['b', 1],
        ['c', 1],
      ],
    );
    assert.match(finished.stderr, /starts: 4 tasks, 2 at a time/);
    for (const unit of ['a10', 'a2', 'b', 'c']) {
      assert.match(finished.stderr, new RegExp(`\\] ${unit} starts \\(echo\\)$`, 'm'));
    }
  });

  it('takes the files that a glob names, and leaves plans and tests of the workspace alone', async () => {
    workspace = new CliWorkspace(
      files({
        'in/a.txt': '',
        'in/b.txt': '',
        'other.md': '',
        'tasks.md': '- [ ] T1 [P:Group-a] One\n',
        'package.json': JSON.stringify({ name: 'x', scripts: { test: 'touch tested' } }),
      }),
    );
    const finished = await mapped('--units', 'in/*');
    assert.equal(finished.exit, 0);
    assert.deepEqual(started(), ['in/a.txt in/a.txt', 'in/b.txt in/b.txt']);
    const metadata = metadataIn(finished);
    assert.equal(metadata.tests, null);
    assert.deepEqual(metadata.warnings, []);
    assert.equal(workspace.read('tasks.md'), '- [ ] T1 [P:Group-a] One\n');
    assert.equal(workspace.read('tested'), '');
  });

  it('answers 1 where a unit failed, tries it no second time, and goes on with all others', async () => {
    const units = ['bad1', 'bad2', 'bad3', 'bad4', 'good'];
    workspace = new CliWorkspace(files({ units: units.join('\n') }));
    const finished = await mapped('--units-file', 'units', '--max-concurrent', '1');
    assert.equal(finished.exit, 1);
    assert.deepEqual(fates(metadataIn(finished)), {
      bad1: 'failed',
      bad2: 'failed',
      bad3: 'failed',
      bad4: 'failed',
      good: 'completed',
    });
    assert.equal(started().length, 5);
  });

  it('takes the units of one shard, so that all shards together take each once', async () => {
    workspace = new CliWorkspace(files({ units: 'u0\nu1\nu2\nu3\nu4\nu5\nu6\n' }));
    const parts: string[][] = [];
    for (const shard of ['0', '1', '2']) {
      const finished = await mapped('--units-file', 'units', '--shards', '3', '--shard', shard);
      parts.push(metadataIn(finished).results.map(({ task_id }) => task_id));
    }
    assert.deepEqual(parts, [
      ['u0', 'u3', 'u6'],
      ['u1', 'u4'],
      ['u2', 'u5'],
    ]);
    assert.equal(started().length, 7);
  });

  it('takes what is listed twice once, and says so', async () => {
    workspace = new CliWorkspace(files({ units: '\uFEFFa\r\n\r\nb\r\na\r\n' }));
    const finished = await mapped('--units-file', 'units');
    assert.deepEqual(started(), ['a a', 'b b']);
    assert.match(finished.stderr, /^a is listed more than once and taken once\.$/m);
  });

  it('answers 0 with an empty result where there are no units, and says so', async () => {
    workspace = new CliWorkspace(files({ units: '\n', one: 'a\n' }));
    for (const [args, why] of [
      [['--units', 'none/**'], 'No file matches none/**, so there is nothing to do.'],
      [['--units-file', 'units'], 'units lists no units, so there is nothing to do.'],
      [
        ['--units-file', 'one', '--shards', '2', '--shard', '1'],
        'Shard 1 of 2 has none of the 1 unit.',
      ],
    ] as const) {
      const finished = await mapped(...args);
      assert.equal(finished.exit, 0);
      const { summary, results, warnings } = emptySchema.parse(finished.json);
      assert.deepEqual(
        [results, warnings, summary],
        [[], [why], { total: 0, ok: 0, failed: 0, blocked: 0, cancelled: 0, units: [] }],
      );
    }
    assert.equal(workspace.read('done.txt'), '');
  });

  it('gives a subagent’s agent a prompt with its instructions and what is to be done', async () => {
    const agent =
      "import { writeFileSync } from 'node:fs';\nlet text = '';\nfor await (const part of process.stdin) text += part;\nwriteFileSync('prompt.txt', text);\n";
    workspace = new CliWorkspace({
      'agent.mjs': agent,
      units: 'src/x.ts\n',
      'what.md': 'Find dead code.\n## Not a heading of ours\n',
      'parallel-groups.json': JSON.stringify({
        agents: { echo: { command: ['node', 'agent.mjs'] } },
        subagents: { reader: { agent: 'echo', instructions: 'Read with care.' } },
      }),
    });
    const finished = await workspace.run(
      ...['map', '--agent', 'reader', '--units-file', 'units', '--prompt-file', 'what.md', '--yes'],
    );
    assert.equal(finished.exit, 0);
    const prompt = workspace.read('prompt.txt');
    assert.match(prompt, /the subagent "reader"/);
    assert.match(prompt, /^Read with care\.$/m);
    assert.match(prompt, /^> src\/x\.ts$/m);
    assert.match(prompt, /^> Find dead code\.\n> ## Not a heading of ours$/m);
  });

  for (const [title, args, reason] of [
    ['no units', [], 'usage'],
    ['a shard without their number', ['--units', '*', '--shard', '0'], 'usage'],
    ['a shard that there is not', ['--units', '*', '--shards', '2', '--shard', '2'], 'usage'],
    ['two ways to name units', ['--units', '*', '--units-file', 'x'], 'usage'],
    ['a list that is not there', ['--units-file', 'nowhere'], 'unreadable'],
  ] as const) {
    it(`answers 2 to ${title}`, async () => {
      workspace = new CliWorkspace(files());
      const finished = await mapped(...args);
      assert.equal(finished.exit, 2);
      assert.equal(errorIn(finished).error.reason, reason);
    });
  }

  it('answers 2 to an agent that there is not, and to one that nobody approved', async () => {
    workspace = new CliWorkspace(files({ units: 'a\n' }));
    const unknown = await workspace.json('map', '--agent', 'nobody', '--units-file', 'units');
    assert.equal(unknown.exit, 2);
    assert.match(errorIn(unknown).error.message, /no agent .*called nobody/);
    const refused = await workspace.json('map', '--agent', 'echo', '--units-file', 'units');
    assert.equal(refused.exit, 2);
    assert.equal(errorIn(refused).error.reason, 'not_approved');
    assert.equal(workspace.read('done.txt'), '');
  });

  it('is found, waited for and told by the group that it names', async () => {
    workspace = new CliWorkspace(files({ units: 'a\nbad\n' }));
    const finished = metadataIn(await mapped('--units-file', 'units'));
    assert.match(finished.key, /^map#echo-[0-9a-f]{8}$/);
    const status = await workspace.json('status', '--group-id', finished.group_id);
    assert.deepEqual(fates(metadataIn(status)), { a: 'completed', bad: 'failed' });
    const waited = await workspace.json('wait', '--group-id', finished.key);
    assert.equal(waited.exit, 1);
    assert.match((await workspace.run('list')).stdout, /^echo-\S+ +map +failed +1\/2 +1 failed/m);
  });

  it('answers 130 where it is stopped', async () => {
    workspace = new CliWorkspace(files({ units: 'a\nb\n', wait: '' }));
    const cli = await workspace.start(
      ...['map', '--agent', 'echo', '--units-file', 'units', '--yes', '--max-concurrent', '1'],
    );
    await eventually('the first unit runs', () => workspace.read('done.txt') !== '');
    cli.child.kill('SIGINT');
    assert.equal((await cli.done).exit, 130);
    assert.deepEqual(started(), ['a a']);
  });

  it('is taken up after kill -9 with each unit once', async () => {
    workspace = new CliWorkspace(files({ units: 'a\nb\nc\n', wait: '' }));
    const cli = await workspace.start(
      ...['map', '--agent', 'echo', '--units-file', 'units', '--yes', '--max-concurrent', '2'],
    );
    await eventually('two units run', () => started().length === 2);
    cli.child.kill('SIGKILL');
    await cli.done;
    const group = /group is (\S+)\.$/m.exec(cli.stderr())?.[1] ?? '';
    const resuming = workspace.json('resume', '--group-id', group);
    await eventually('it is held again', async () => {
      const { held_by } = metadataIn(await workspace.json('status', '--group-id', group));
      return held_by === 'command line';
    });
    rmSync(join(workspace.root, 'wait'));
    const finished = await resuming;
    assert.equal(finished.exit, 0);
    assert.deepEqual(fates(metadataIn(finished)), {
      a: 'completed',
      b: 'completed',
      c: 'completed',
    });
    assert.deepEqual(started(), ['a a', 'b b', 'c c']);
  });
});
