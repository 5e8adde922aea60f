import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import { metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

describe('a run that an older version wrote', () => {
  let workspace: CliWorkspace;
  before(async () => {
    workspace = new CliWorkspace({ 'tasks.md': '- [ ] T1 [P:Group-a] One\n  `run: true`\n' });
    assert.equal((await workspace.run('execute', '--group-id', 'a', '--yes')).exit, 0);
    const runs = path.join(workspace.root, '.parallel-groups', 'runs');
    const [run = ''] = readdirSync(runs);
    const journal = path.join(runs, run, 'journal.1.jsonl');
    const text = readFileSync(journal, 'utf8').replaceAll(`{"v":${FORMAT},`, '{"v":1,');
    writeFileSync(journal, text);
  });
  after(() => {
    workspace.dispose();
  });

  it('is shown from its metadata, with the reason why nothing more is known', async () => {
    const { exit, stdout } = await workspace.run('status', '--group-id', 'a');
    assert.equal(exit, 0);
    assert.match(stdout, /^a · completed · 1 of 1 done · read-only: .*metadata\.json$/m);
    assert.match(stdout, /warning: .*journal\.1\.jsonl:1 was written by an older version/);
    const { json } = await workspace.json('status', '--group-id', 'a');
    const answer = z.looseObject({ status: z.string(), problem: z.string() }).parse(json);
    assert.equal(answer.status, 'completed');
  });

  it('does not keep its group from running again', async () => {
    const { json } = await workspace.json('detect');
    assert.ok(JSON.stringify(json).includes('T1'));
    workspace.write('tasks.md', '- [ ] T2 [P:Group-a] Two\n  `run: true`\n');
    assert.equal((await workspace.run('execute', '--group-id', 'a', '--yes')).exit, 0);
    const answer = metadataIn(await workspace.json('status', '--group-id', 'a'));
    assert.deepEqual(
      answer.results.map(({ task_id }) => task_id),
      ['T2'],
    );
  });
});
