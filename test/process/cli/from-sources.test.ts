import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { readManifest } from '../../support/manifest.ts';
import { repository } from '../../support/vscode/paths.ts';

const versionSchema = z.object({ version: z.string() });

const PLAN = [
  '- [ ] T1 [P:Group-a] Task T1',
  '  `run: echo T1 >> done.txt`',
  '- [ ] T2 [P:Group-a] (depends on T1) Task T2',
  '  `run: echo T2 >> done.txt`',
  '',
].join('\n');

describe('parallel-groups from its sources', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    const fromSources = (): Promise<string> =>
      Promise.resolve(join(repository, 'src', 'cli', 'main.ts'));
    workspace = new CliWorkspace({ 'tasks.md': PLAN }, {}, fromSources);
  });
  afterEach(() => {
    workspace.dispose();
  });

  it('prints the version of the package', async () => {
    const { version } = versionSchema.parse(readManifest());
    const { exit, stdout } = await workspace.run('--version');
    assert.deepEqual({ exit, stdout }, { exit: 0, stdout: `${version}\n` });
  });

  it('runs a group with the runner of the sources, and closes what is proven', async () => {
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 0, finished.stderr);
    assert.deepEqual(fates(metadataIn(finished)), { T1: 'completed', T2: 'completed' });
    assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
    assert.equal(workspace.read('tasks.md').match(/- \[x\]/g)?.length, 2);
  });
});
