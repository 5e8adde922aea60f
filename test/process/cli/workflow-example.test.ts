import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { repository } from '../../support/vscode/paths.ts';

describe('the example of a workflow', function () {
  this.timeout(90_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('goes back to development once, with what its monitor found, and publishes what was mended', async () => {
    const folder = path.join(repository, 'examples', 'workflow');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    workspace = new CliWorkspace(
      Object.fromEntries(
        files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
      ),
    );
    const { exit, stdout, stderr } = await workspace.run('workflow', 'release', '--yes');
    assert.equal(exit, 0, stderr);
    assert.match(stdout, /^release: 3 of 3 stages completed, 1 feedback loop\.$/m);
    assert.equal(workspace.read('published/prices.txt'), 'bread 3.50\nrolls 0.70\ncake 21.00\n');
  });
});
