import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { repository } from '../support/vscode/paths.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { expand, openViewContainer, treeItem } from '../support/vscode/verbs/view.ts';

describe('the packaged extension', () => {
  const vscode = useVscode();
  let installed: string;

  before(async () => {
    const folder = path.join(vscode.server.folder, 'extensions');
    const names = await readdir(folder);
    const name = names.find((each) => each.startsWith('parallel-groups.parallel-groups-'));
    assert.ok(name !== undefined, `not installed: ${names.join(', ')}`);
    installed = path.join(folder, name);
  });

  it('holds what runs and what is read, and nothing else', async () => {
    const entries = await readdir(installed, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
    const programs = ['dist/cli.mjs', 'dist/extension.mjs', 'dist/runner.js', 'dist/webview.js'];
    const scripts = files.filter((file) => file.endsWith('js')).sort();
    // The chunks of the extension and of the command line are named by their content.
    const chunk = /^dist[/\\](?:extension[/\\]|cli-)[\w-]+-[A-Z0-9]{8}\.mjs$/;
    assert.deepEqual(
      scripts.filter((file) => !chunk.test(file)),
      programs,
    );
    assert.ok(scripts.some((file) => chunk.test(file)));
    const expected =
      /^(dist|media|l10n)[/\\]|^(package(\.nls.*)?\.json|[^/\\]+\.(md|txt)|LICENSE.*)$|^\.vsixmanifest$/i;
    assert.deepEqual(
      files.filter((file) => !expected.test(file)),
      [],
    );
  });

  it('holds the messages and the texts of the manifest, for translators', async () => {
    const texts = z.record(z.string(), z.string());
    for (const file of ['l10n/bundle.l10n.json', 'package.nls.json']) {
      const read = texts.parse(JSON.parse(await readFile(path.join(installed, file), 'utf8')));
      assert.ok(Object.keys(read).length > 100, file);
    }
  });

  it('carries the command line', async () => {
    const { stdout } = await execa(process.execPath, ['dist/cli.mjs', '--help'], {
      cwd: installed,
    });
    for (const verb of ['detect', 'execute', 'status']) {
      assert.ok(stdout.includes(verb), stdout);
    }
  });

  it('shows the groups of a plan', async () => {
    const workspace = await vscode.createWorkspace({
      from: path.join(repository, 'examples', 'sample'),
    });
    const { page } = await vscode.openWorkbench(workspace);
    await openViewContainer(page, 'Parallel Groups');
    await treeItem(page, /^release/).waitFor();
    const checks = treeItem(page, /^checks/);
    await expand(checks);
    await treeItem(page, 'Compare the bundle with the sources').waitFor();
  });
});
