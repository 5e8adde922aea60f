import { strict as assert } from 'node:assert';
import * as z from 'zod/mini';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const SUITE = `
import { existsSync } from 'node:fs';
const ok = !existsSync('broken');
console.log(\`TAP version 13\\n1..2\\nok 1 - says hello\\n\${ok ? 'ok' : 'not ok'} 2 - adds [P:Group-x]\`);
process.exit(ok ? 0 : 1);
`;
const PLAN = '- [ ] T1 [P:Group-a] Break addition\n  `run: touch broken`\n- [ ] T2 Other\n';
const ADDED =
  '- [ ] T1 [P:Group-a] Break addition\n  `run: touch broken`\n' +
  '- [ ] T3 [P:Group-a] Fix the failing test: adds (P:Group-x)\n- [ ] T2 Other\n';

const answerSchema = z.object({
  version: z.literal(1),
  group: z.literal('tasks.md#a'),
  proposed_tasks: z.array(z.string()),
  added: z.array(z.string()),
  exit_code: z.literal(0),
});

describe('tasks that a failing suite suggests, on the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('are shown, added to the plan when they are wanted, and never twice', async () => {
    workspace = new CliWorkspace({
      'tasks.md': PLAN,
      'suite.mjs': SUITE,
      'parallel-groups.json': JSON.stringify({ test: { command: ['node', 'suite.mjs'] } }),
    });
    const run = await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.equal(run.exit, 1);
    assert.match(run.stderr, /1 task to mend it: propose --group-id a$/m);
    const propose = async (...args: string[]) =>
      answerSchema.parse((await workspace.json('propose', '--group-id', 'a', ...args)).json);

    const shown = await propose();
    assert.deepEqual(shown.proposed_tasks, ['- [ ] Fix the failing test: adds [P:Group-x]']);
    assert.equal(workspace.read('tasks.md'), PLAN);

    assert.deepEqual((await propose('--write')).added, ['T3']);
    assert.equal(workspace.read('tasks.md'), ADDED);

    const again = await propose('--write');
    assert.deepEqual([again.proposed_tasks, again.added], [[], []]);
    assert.equal(workspace.read('tasks.md'), ADDED);
  });
});
