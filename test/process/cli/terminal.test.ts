import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { builtCli } from '../../support/built-cli.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { skip } from '../../support/skip.ts';

const ESCAPE = String.fromCharCode(27);
const CTRL_C = String.fromCharCode(3);

interface Terminal {
  readonly screen: () => string;
  readonly type: (keys: string) => void;
  readonly exit: Promise<number | null>;
}

/** Of util-linux: gives a program a real terminal. */
const SCRIPT = 'script';
const hasTerminal = process.platform === 'linux' && spawnSync(SCRIPT, ['--version']).status === 0;

describe('the command line on a terminal', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  before(function () {
    if (!hasTerminal) {
      skip(this, 'needs script(1) of Linux');
    }
  });
  beforeEach(() => {
    const wait = 'while test -e tasks.md && ! test -e go; do sleep 0.05; done';
    workspace = new CliWorkspace({
      'tasks.md': `- [ ] T1 [P:Group-a] The one\n  \`run: echo up > up; ${wait}\`\n`,
    });
  });
  afterEach(() => {
    workspace.dispose();
  });

  async function execute(): Promise<Terminal> {
    const command = `stty cols 60 rows 20; exec "${process.execPath}" "${await builtCli()}" execute --group-id a`;
    const child = spawn(SCRIPT, ['-qfec', command, '/dev/null'], {
      cwd: workspace.root,
      env: { ...process.env, XDG_STATE_HOME: `${workspace.root}/../state`, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { screen: () => screen, type: (keys) => child.stdin.write(keys), exit };
  }

  const asked = (terminal: Terminal): Promise<void> =>
    eventually('it asks', () => terminal.screen().includes('Run them? [y/N]'));
  const running = (): Promise<void> =>
    eventually('the task runs', () => workspace.read('up') !== '');

  it('asks before it runs anything from the workspace, and shows the live display after a yes', async () => {
    const terminal = await execute();
    await asked(terminal);
    assert.match(
      terminal.screen(),
      /a wants to run 1 command from this workspace for the first time/,
    );
    assert.match(terminal.screen(), /T1 \(tasks\.md\): echo up > up; while/);
    assert.equal(workspace.read('up'), '');
    terminal.type('y\n');
    await eventually('the task is shown', () =>
      /T1 {2}\d:\d\d {2}.*The one/.test(terminal.screen()),
    );
    assert.match(terminal.screen(), /a · Concurrent execution|a · Coordination & monitoring/);
    workspace.write('go', '');
    assert.equal(await terminal.exit, 0);
    assert.ok(terminal.screen().includes(`${ESCAPE}[2A\r${ESCAPE}[J`), 'two lines are drawn anew');
    assert.match(terminal.screen(), /a {2}T1 completed in /);
    assert.match(terminal.screen(), /a \(tasks\.md\) · completed · 1 of 1 done/);
  });

  it('asks about each task where the policies want it, and draws nothing over the question', async () => {
    workspace.write('parallel-groups.json', '{"policies":{"approval":"each-task"}}');
    workspace.write('go', '');
    const terminal = await execute();
    await asked(terminal);
    terminal.type('y\n');
    await eventually('it asks about the task', () =>
      terminal.screen().endsWith('May it start? [y/N] '),
    );
    assert.match(terminal.screen(), /a: T1 The one \(echo up > up; /);
    assert.equal(workspace.read('up'), '');
    terminal.type('y\n');
    assert.equal(await terminal.exit, 0);
    assert.match(terminal.screen(), /a {2}T1 was allowed by the command line/);
    assert.equal(workspace.read('up'), 'up\n');
  });

  describe('where tasks name the same file', () => {
    const question = 'Run them [o]ne after the other, [a]ll at once, or nothing? [o/a/N]';
    beforeEach(() => {
      const task = (id: string): string =>
        `- [ ] ${id} [P:Group-a] ${id} [Files: f]\n  \`run: mkdir alone && sleep 0.2 && rmdir alone && echo ${id} >> up\`\n`;
      workspace.write('tasks.md', task('T1') + task('T2'));
    });

    it('asks before anything else what to do, and keeps them apart as it is told', async () => {
      const terminal = await execute();
      await eventually('it asks about the file', () => terminal.screen().includes(question));
      assert.match(terminal.screen(), /a: T1 and T2 both name f\./);
      assert.doesNotMatch(terminal.screen(), /Run them\? /);
      terminal.type('o\n');
      await asked(terminal);
      terminal.type('y\n');
      assert.equal(await terminal.exit, 0);
      assert.equal(workspace.read('up'), 'T1\nT2\n');
    });

    it('runs nothing without an answer', async () => {
      const terminal = await execute();
      await eventually('it asks about the file', () => terminal.screen().includes(question));
      terminal.type('\n');
      assert.equal(await terminal.exit, 130);
      assert.equal(workspace.read('up'), '');
    });
  });

  it('takes anything but a yes for a no', async () => {
    const terminal = await execute();
    await asked(terminal);
    terminal.type('\n');
    assert.equal(await terminal.exit, 2);
    assert.equal(workspace.read('up'), '');
  });

  it('ends at Ctrl-C while it asks', async () => {
    const terminal = await execute();
    await asked(terminal);
    terminal.type(CTRL_C);
    assert.equal(await terminal.exit, 130);
    assert.match(terminal.screen(), /Cancelled before anything was started/);
  });

  it('stops the run at Ctrl-C, which reaches no agent by itself', async () => {
    const terminal = await execute();
    await asked(terminal);
    terminal.type('y\n');
    await running();
    terminal.type(CTRL_C);
    assert.equal(await terminal.exit, 130);
    assert.match(terminal.screen(), /Stopping\. Press Ctrl-C again/);
    assert.match(terminal.screen(), /a \(tasks\.md\) · cancelled/);
  });
});
