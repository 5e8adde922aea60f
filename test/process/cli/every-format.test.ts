import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { allIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const example = join(import.meta.dirname, '../../../examples/formats');

/** Every file of the example, by its path with `/`. */
function files(): Readonly<Record<string, string>> {
  const entries = readdirSync(example, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(example.length + 1).replaceAll(sep, '/'),
      readFileSync(path, 'utf8'),
    ]),
  );
}

/** What each plan says when everything is done, in its own words; every other byte stays. */
const DONE: Readonly<Record<string, (plan: string) => string>> = {
  'tasks.md': ticked,
  'specs/001-temperature/tasks.md': ticked,
  'openspec/changes/add-lengths/tasks.md': ticked,
  '.claude/epics/weights/001.md': (plan) => plan.replace('status: open', 'status: closed'),
  '.claude/epics/weights/002.md': (plan) => plan.replace('status: open', 'status: closed'),
  '.claude/epics/weights/003.md': (plan) => plan.replace('status: open', 'status: closed'),
  '.taskmaster/tasks/tasks.json': (plan) =>
    plan.replaceAll('"status": "pending"', '"status": "done"'),
  'plans/release.tasks.json': (plan) =>
    plan.replaceAll(/("run": .*)/g, '$1,\n    "status": "completed"'),
};

function ticked(plan: string): string {
  return plan.replaceAll('- [ ]', '- [x]');
}

describe('a workspace with a plan in every format', function () {
  this.timeout(180_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('is run to its end across all of them, and each says so in its own words', async () => {
    const before = files();
    workspace = new CliWorkspace(before);
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 0);
    const states = allIn(finished).groups.map(({ key, status }) => `${key}: ${status}`);
    assert.deepEqual(states, [
      '.claude/epics/weights#weights: completed',
      '.taskmaster/tasks/tasks.json@master#_sequential: completed',
      '.taskmaster/tasks/tasks.json@master#mixed: completed',
      'openspec/changes/add-lengths/tasks.md#_sequential: completed',
      'plans/release.tasks.json#release: completed',
      'specs/001-temperature/tasks.md#_sequential: completed',
      'specs/001-temperature/tasks.md#phase-1-a: completed',
      'specs/001-temperature/tasks.md#phase-2-us1-a: completed',
      'tasks.md#checks: completed',
      'tasks.md#_sequential: completed',
    ]);
    for (const [path, text] of Object.entries(before)) {
      assert.equal(workspace.read(path), DONE[path]?.(text) ?? text, path);
    }
  });
});
