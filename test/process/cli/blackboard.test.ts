import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const node = (program: string): string => `node ${program}.mjs`;
const LEAVE = `
  import { writeFileSync } from 'node:fs';
  writeFileSync(process.env.PARALLEL_GROUPS_RESULT, JSON.stringify({
    summary: 'Wrote the API.',
    artifacts: { api: 'docs/api.md' },
    decisions: ['Ids are UUIDs'],
    findings: ['a drafter finds nothing'],
  }));`;
const LOOK = `
  import { copyFileSync } from 'node:fs';
  copyFileSync(process.env.PARALLEL_GROUPS_CONTEXT, 'seen-by-' + process.argv[2] + '.json');`;
const BREAK = `
  import { writeFileSync } from 'node:fs';
  writeFileSync(process.env.PARALLEL_GROUPS_RESULT, 'all is well');`;

describe('the blackboard of a run of commands', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });
  const contextOf = (file: string): string => {
    const runs = join(workspace.root, '.parallel-groups', 'runs');
    const [run = ''] = readdirSync(runs);
    return readFileSync(join(runs, run, 'context', file), 'utf8');
  };

  it('shows each task what those before it left, as far as its role may see it', async () => {
    workspace = new CliWorkspace({
      'tasks.md': [
        '---\ndecisions: [Plain HTTP]\nconstraints: [no new libraries]\n---',
        '- [ ] T1 [P:Group-a] Write\n  `run: ' + node('leave') + '`',
        '- [ ] T2 [P:Group-a] (depends on T1) [Subagent: auditor] Look\n  `run: ' +
          node('look') +
          ' T2`',
        '- [ ] T3 [P:Group-a] (depends on T1) [Subagent: guest] Look\n  `run: ' +
          node('look') +
          ' T3`\n',
      ].join('\n'),
      'leave.mjs': LEAVE,
      'look.mjs': LOOK,
      'parallel-groups.json': JSON.stringify({
        context: { constraints: ['stack: TypeScript'] },
        subagents: { auditor: { role: 'validator' }, guest: { role: 'visitor' } },
      }),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.deepEqual(fates(metadataIn(finished)), {
      T1: 'completed',
      T2: 'completed',
      T3: 'completed',
    });
    const seen = (id: string): unknown => JSON.parse(workspace.read(`seen-by-${id}.json`));
    const task = (id: string): object => ({
      group: 'a',
      id,
      title: 'Look',
      files: [],
      depends_on: ['T1'],
    });
    const job_id = metadataIn(finished).run_id;
    const asked = { requirements: [], constraints: ['stack: TypeScript', 'no new libraries'] };
    assert.deepEqual(seen('T2'), {
      v: 1,
      job_id,
      role: 'validator',
      task: task('T2'),
      ...asked,
      decisions: ['Plain HTTP', 'Ids are UUIDs'],
      artifacts: { api: 'docs/api.md' },
    });
    assert.deepEqual(seen('T3'), { v: 1, job_id, role: 'visitor', task: task('T3'), ...asked });
    assert.match(contextOf('blackboard.json'), /Ids are UUIDs/);
    assert.match(
      contextOf('history.jsonl'),
      /"value":"a drafter finds nothing","effect":"refused"/,
    );
  });

  it('takes a result that is none for nothing but a warning: it neither fails nor proves', async () => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T1 [P:Group-a] Break\n  `run: ' + node('break') + '`\n',
      'break.mjs': BREAK,
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.deepEqual(fates(metadataIn(finished)), { T1: 'completed' });
    assert.match(
      JSON.stringify(finished.json),
      /T1: its result was left out, because [^"]*result\.json is not JSON\./,
    );
  });
});
