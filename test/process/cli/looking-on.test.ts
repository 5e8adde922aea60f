import { strict as assert } from 'node:assert';
import * as z from 'zod/mini';
import { errorIn, fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace, type StartedCli } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

const WAITING =
  '- [ ] T1 [P:Group-a] One\n  `run: while test -e tasks.md && ! test -e go; do sleep 0.05; done`\n';
const listSchema = z.object({
  version: z.literal(1),
  groups: z.array(
    z.looseObject({
      group_id: z.string(),
      status: z.string(),
      read_only: z.boolean(),
      held_by: z.nullable(z.string()),
      summary: z.looseObject({ total: z.number(), ok: z.number() }),
    }),
  ),
  problems: z.array(z.string()),
});

describe('looking on from another command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({
      'tasks.md': `${WAITING}- [ ] T2 [P:Group-b] Two (depends on T1)\n  \`run: true\`\n`,
    });
  });
  afterEach(() => {
    workspace.dispose();
  });

  async function running(): Promise<StartedCli> {
    const cli = await workspace.start('execute', '--group-id', 'a', '--yes');
    await eventually('the task runs', async () => {
      const { results } = metadataIn(await workspace.json('status', '--group-id', 'a'));
      return results[0]?.status === 'in_progress';
    });
    return cli;
  }

  const list = async (...args: string[]): Promise<z.infer<typeof listSchema>> => {
    const { exit, json } = await workspace.json('list', ...args);
    assert.equal(exit, 0);
    return listSchema.parse(json);
  };

  it('waits until the run is over and answers as it did', async () => {
    const cli = await running();
    const waiting = workspace.json('wait', '--group-id', 'a', '--timeout', '60');
    workspace.write('go', '');
    const finished = await waiting;
    assert.equal(finished.exit, 0);
    assert.equal(metadataIn(finished).status, 'completed');
    assert.equal((await cli.done).exit, 0);
  });

  it('answers at once for a run that is over', async () => {
    workspace.write('go', '');
    await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.equal(metadataIn(await workspace.json('wait', '--group-id', 'a')).exit_code, 0);
  });

  it('answers with 1 where a task of the run failed', async () => {
    workspace.write('tasks.md', '- [ ] T1 [P:Group-a] One\n  `run: false`\n');
    await workspace.run('execute', '--group-id', 'a', '--yes');
    const failed = await workspace.json('wait', '--group-id', 'a');
    assert.equal(failed.exit, 1);
    assert.equal(metadataIn(failed).status, 'failed');
  });

  it('gives up at its time limit with 4, and the run goes on', async () => {
    const cli = await running();
    const timedOut = await workspace.json('wait', '--group-id', 'a', '--timeout', '0.1');
    assert.equal(timedOut.exit, 4);
    assert.equal(metadataIn(timedOut).status, 'in_progress');
    workspace.write('go', '');
    assert.equal((await cli.done).exit, 0);
  });

  it('has nothing to wait for where a group never ran: 2', async () => {
    const refused = await workspace.json('wait', '--group-id', 'b');
    assert.equal(refused.exit, 2);
    assert.equal(errorIn(refused).error.reason, 'nothing');
  });

  it('does not wait for a run that nobody coordinates any more: 2', async () => {
    const cli = await running();
    cli.child.kill('SIGKILL');
    await cli.done;
    const refused = await workspace.json('wait', '--group-id', 'a');
    assert.equal(refused.exit, 2);
    assert.equal(errorIn(refused).error.reason, 'abandoned');
  });

  it('shows a run of another process while it goes on, and 0 whatever it shows', async () => {
    const cli = await running();
    const shown = await workspace.json('status', '--group-id', 'a');
    assert.equal(shown.exit, 0);
    assert.equal(metadataIn(shown).held_by, 'command line');
    const { groups } = await list('--status', 'in_progress');
    assert.deepEqual(
      groups.map(({ group_id, held_by }) => [group_id, held_by]),
      [['a', 'command line']],
    );
    workspace.write('go', '');
    await cli.done;
  });

  it('shows what the plan says of a group that never ran', async () => {
    const metadata = metadataIn(await workspace.json('status', '--group-id', 'b'));
    assert.equal(metadata.run_id, null);
    assert.deepEqual(fates(metadata), { T2: 'blocked' });
    assert.deepEqual(metadata.results[0]?.blocked_by, ['T1']);
  });

  it('goes by the journal where metadata.json says something else', async () => {
    workspace.write('go', '');
    await workspace.run('execute', '--group-id', 'a', '--yes');
    workspace.write('.parallel-groups/groups/a/metadata.json', '{"status":"failed"}');
    const metadata = metadataIn(await workspace.json('status', '--group-id', 'a'));
    assert.equal(metadata.status, 'completed');
  });

  it('keeps showing a group that is in no plan any more', async () => {
    workspace.write('go', '');
    await workspace.run('execute', '--group-id', 'a', '--yes');
    workspace.write('tasks.md', '- [ ] T2 [P:Group-b] Two\n');
    assert.equal(metadataIn(await workspace.json('status', '--group-id', 'a')).status, 'completed');
    const { groups } = await list();
    assert.deepEqual(
      groups.map(({ group_id, status }) => [group_id, status]),
      [
        ['b', 'pending'],
        ['a', 'completed'],
      ],
    );
  });

  it("lists another tool's metadata read-only, and what came with a clone", async () => {
    const metadata = {
      group_id: 'theirs',
      group_name: 'Theirs',
      phase: 'completed',
      tasks: ['x', 'y'],
      created_at: '2026-01-01T00:00:00',
      status: 'completed',
      results: [{ task_id: 'x', status: 'completed' }],
      errors: [],
    };
    const text = JSON.stringify(metadata);
    workspace.write('.flow/maestro/parallel_groups/theirs/metadata.json', text);
    const cloned = JSON.stringify({ ...metadata, group_id: 'cloned' });
    workspace.write('.parallel-groups/groups/cloned/metadata.json', cloned);
    workspace.write('.flow/maestro/parallel_groups/broken/metadata.json', '{');
    const { groups, problems } = await list('--status', 'completed');
    assert.deepEqual(
      groups.map(({ group_id, read_only, summary }) => [group_id, read_only, summary.ok]),
      [
        ['cloned', true, 1],
        ['theirs', true, 1],
      ],
    );
    assert.match(problems.join(), /broken.*is not JSON/);
    const shown = await workspace.json('status', '--group-id', 'theirs');
    assert.deepEqual(shown.json, metadata);
  });

  it('finds nothing where the status that is asked for has no group', async () => {
    assert.deepEqual((await list('--status', 'failed')).groups, []);
    const { stdout } = await workspace.run('list', '--status', 'failed');
    assert.match(stdout, /There are no such groups/);
  });
});
