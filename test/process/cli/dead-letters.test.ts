import { strict as assert } from 'node:assert';
import * as z from 'zod/mini';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { errorIn, fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const PLAN = [
  '- [ ] T1 [P:Group-a] Mend the roof\n  `run: echo T1 >> done.txt; echo no ladder; test -e ladder`\n',
  '- [ ] T2 [P:Group-a] Paint the door\n  `run: echo T2 >> done.txt; test -e paint`\n',
  '- [ ] T3 [P:Group-a] Sweep (depends on T1)\n  `run: echo T3 >> done.txt`\n',
].join('');

const answerSchema = z.object({
  version: z.literal(1),
  dead_letters: z.array(
    z.object({
      task_id: z.string(),
      title: z.string(),
      group_id: z.string(),
      attempts: z.number(),
      code: z.string(),
      message: z.string(),
      agent: z.nullable(z.string()),
      log: z.nullable(z.string()),
      tail: z.string(),
      given_up_at: z.string(),
    }),
  ),
});

describe('what was given up, on the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN });
  });
  afterEach(() => {
    workspace.dispose();
  });

  const deadLetters = async () => answerSchema.parse((await workspace.json('dead-letters')).json);
  const givenUp = async () =>
    (await deadLetters()).dead_letters.map(({ task_id }) => task_id).toSorted();
  const failing = () => workspace.json('execute', '--group-id', 'a', '--yes');

  it('is listed with its reason, its attempts and the end of its output', async () => {
    assert.equal((await failing()).exit, 1);
    assert.deepEqual(await givenUp(), ['T1', 'T2']);
    const roof = (await deadLetters()).dead_letters.find(({ task_id }) => task_id === 'T1');
    assert.ok(roof);
    const { title, group_id, attempts, code, agent, tail } = roof;
    assert.deepEqual(
      { title, group_id, attempts, code, agent, tail },
      {
        title: 'Mend the roof',
        group_id: 'a',
        attempts: 1,
        code: 'exit 1',
        agent: 'run',
        tail: 'no ladder',
      },
    );
    assert.match(roof.log ?? '', /output\.log$/);
    const { exit, stdout } = await workspace.run('dead-letters');
    assert.equal(exit, 0);
    assert.match(stdout, /T1 +Mend the roof \(a\) +.*code 1.*just now/);
  });

  it('is nothing where nothing failed', async () => {
    workspace.write('ladder', '');
    workspace.write('paint', '');
    assert.equal((await failing()).exit, 0);
    assert.deepEqual(await givenUp(), []);
    assert.match((await workspace.run('dead-letters')).stdout, /Nothing was given up/);
  });

  it('is tried again one task at a time, and forgotten once it is done', async () => {
    await failing();
    workspace.write('ladder', '');
    const again = await workspace.json('retry', '--group-id', 'a', '--task', 'T1');
    assert.equal(again.exit, 0, again.stderr);
    assert.equal(fates(metadataIn(again)).T1, 'completed');
    assert.equal(workspace.read('done.txt').match(/T2/g)?.length, 1);
    assert.deepEqual(await givenUp(), ['T2']);
  });

  it('is tried again all at once, and kept where it fails again', async () => {
    await failing();
    workspace.write('paint', '');
    const again = await workspace.json('retry', '--group-id', 'a');
    assert.equal(again.exit, 1);
    assert.deepEqual(await givenUp(), ['T1']);
    assert.doesNotMatch(workspace.read('done.txt'), /T3/);
  });

  it('needs no attention any more once a person has ticked its box', async () => {
    await failing();
    workspace.write('tasks.md', PLAN.replace('- [ ] T1', '- [x] T1'));
    assert.deepEqual(await givenUp(), ['T2']);
  });

  it('is tried again by an agent that was not signed in, once it is', async () => {
    workspace.write(
      'agent.mjs',
      `import { existsSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const steps = existsSync('signed-in') ? ['init', 'edit=a.txt', 'ok'] : ['init', 'error=401', 'exit=1'];
      const { status } = spawnSync(process.execPath, [${JSON.stringify(FAKE_AGENT)}, ...steps], { stdio: 'inherit' });
      process.exitCode = status ?? 1;`,
    );
    const agents = { guard: { command: ['node', 'agent.mjs'], events: 'claude' } };
    workspace.write('parallel-groups.json', JSON.stringify({ agent: 'guard', agents }));
    workspace.write('tasks.md', '- [ ] T1 [P:Group-a] Open the gate\n');
    assert.equal((await failing()).exit, 1);
    assert.deepEqual(await givenUp(), ['T1']);
    workspace.write('signed-in', '');
    const again = await workspace.json('retry', '--group-id', 'a', '--yes');
    assert.equal(again.exit, 0, again.stderr + again.stdout);
    assert.deepEqual(await givenUp(), []);
  });

  const refusals: readonly (readonly [string, (plan: string) => string, string, RegExp])[] = [
    [
      'gone',
      (plan) => plan.replace(/- \[ \] T1[^-]*/, '').replace('depends on T1', 'last'),
      'T1',
      /T1 is not in the plan any more/,
    ],
    [
      'blocked',
      (plan) => plan.replace('Mend the roof', 'Mend the roof (depends on T2)'),
      'T1',
      /T1 is blocked by T2 \(pending\)/,
    ],
    ['not one that was given up', (plan) => plan, 'T3', /no task T3 of a that was given up/],
  ];
  for (const [what, edit, task, sentence] of refusals) {
    it(`is refused with a sentence where the task is ${what}`, async () => {
      await failing();
      const before = workspace.read('done.txt');
      workspace.write('tasks.md', edit(PLAN));
      const refused = await workspace.json('retry', '--group-id', 'a', '--task', task);
      assert.equal(refused.exit, 2);
      assert.match(errorIn(refused).error.message, sentence);
      assert.equal(workspace.read('done.txt'), before);
    });
  }
});
