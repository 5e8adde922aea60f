import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { errorIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

describe('the use of the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  before(() => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T1 [P:Group-auth] One\n  `run: true`\n',
      'other/tasks.md': '- [ ] T1 [P:Group-Auth] One\n  `run: true`\n- [ ] [P:Group-b] B\n',
    });
  });
  after(() => {
    workspace.dispose();
  });

  it('prints the version of the package', async () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    const { exit, stdout } = await workspace.run('--version');
    assert.equal(stdout, `${version}\n`);
    assert.equal(exit, 0);
  });

  it('explains its commands and exit codes', async () => {
    const { exit, stdout } = await workspace.run('--help');
    assert.equal(exit, 0);
    for (const name of ['detect', 'execute', 'list', 'status', 'wait', 'resume', 'cancel']) {
      assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    }
    assert.match(stdout, /^ {2}review .*accept or reject an interactive task/m);
    assert.doesNotMatch(stdout, /prove /);
    assert.match(stdout, /130 cancelled/);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /Usage:/],
    ['an unknown command', ['explode'], /unknown command 'explode'/],
    ['an unknown option', ['list', '--frob'], /unknown option '--frob'/],
    ['execute without a group', ['execute'], /name a --group-id, or --all/],
    ['execute with a group and --all', ['execute', '--all', '--group-id', 'b'], /cannot be used/],
    ['status without a group', ['status'], /'--group-id <group>' not specified/],
    ['a limit of 0', ['execute', '--all', '--max-concurrent', '0'], /whole number above 0/],
    ['a negative time limit', ['wait', '--group-id', 'b', '--timeout', '-1'], /seconds above 0/],
    ['an unknown status', ['list', '--status', 'lost'], /Allowed choices are pending, blocked/],
    ['a workspace that is not there', ['list', '--workspace', 'nowhere'], /There is no folder/],
    ['an unknown group', ['status', '--group-id', 'c'], /no group "c".*tasks\.md#auth/],
  ];
  for (const [what, args, message] of wrong) {
    it(`answers 2 to ${what}`, async () => {
      const { exit, stdout, stderr } = await workspace.run(...args);
      assert.equal(exit, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }

  it('refuses an id that several plans have, and lists the keys to choose from', async () => {
    const { exit, stderr } = await workspace.run('status', '--group-id', 'auth');
    assert.equal(exit, 2);
    assert.match(
      stderr,
      /tasks\.md#auth\n {2}other\/tasks\.md#auth|other\/tasks\.md#auth\n {2}tasks\.md#auth/,
    );
  });

  it('takes a key where the id would be ambiguous, in the spelling of the plan too', async () => {
    const { exit, stdout } = await workspace.run('status', '--group-id', 'other/tasks.md#Auth');
    assert.equal(exit, 0);
    assert.match(stdout, /\(other\/tasks\.md\) · never ran/);
  });

  it('says with --json on standard output what was wrong, as JSON', async () => {
    const usage = errorIn(await workspace.json('execute'));
    assert.equal(usage.error.reason, 'usage');
    const unknown = errorIn(await workspace.json('wait', '--group-id', 'c'));
    assert.equal(unknown.error.reason, 'unknown_group');
    assert.equal(unknown.exit_code, 2);
  });
});
