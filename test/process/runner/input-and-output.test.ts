import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptFiles } from '../../../src/store/attempts/attempt-directory.ts';
import { RUN_ID } from '../../support/attempts.ts';
import { eventually } from '../../support/eventually.ts';
import { pidIn } from '../../support/processes.ts';
import { eventsOf, logOf, outcomeOf, prepareFake, run, startRunner } from '../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const ESCAPE = String.fromCharCode(27);

describe('an agent', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  it('gets its prompt on standard input, to its end', async () => {
    const prompt = `first\n--not an option\n${'ü'.repeat(200_000)}`;
    const launch = await prepareFake(root, ['echo-stdin'], {}, prompt);
    assert.equal(await run(launch), 0);
    assert.equal(logOf(launch), prompt);
  });

  it('without a prompt finds standard input closed', async () => {
    const launch = await prepareFake(root, ['echo-stdin', 'print=end'], { stdin: 'closed' }, null);
    assert.equal(await run(launch), 0);
    assert.equal(logOf(launch), 'end\n');
  });

  it('in a conversation gets the prompt and then the keys of the terminal', async () => {
    const steps = ['echo-key', `touch=${root}/asked`, 'echo-key'];
    const launch = await prepareFake(root, steps, { stdin: 'conversation' }, 'hello');
    const runner = startRunner(launch);
    await pidIn(join(root, 'asked'));
    runner.child.stdin?.write('yes\n');
    assert.equal(await runner.exit, 0);
    assert.equal(logOf(launch), 'key:hello\nkey:yes\n');
  });

  it('knows which attempt it is, and nothing of what VS Code added for itself', async () => {
    const names = ['RUN', 'GROUP', 'TASK', 'ATTEMPT', 'CONTEXT'];
    const steps = [
      ...names.map((name) => `env=PARALLEL_GROUPS_${name}`),
      'env=VSCODE_IPC_HOOK',
      'env=ELECTRON_RUN_AS_NODE',
      'env=KEPT',
    ];
    const env = { PARALLEL_GROUPS_CONTEXT: '/c.json', PARALLEL_GROUPS_RUN: 'forged' };
    const launch = await prepareFake(root, steps, { env, attempt: 2 });
    const own = { ...process.env, VSCODE_IPC_HOOK: 'x', ELECTRON_RUN_AS_NODE: '1', KEPT: 'yes' };
    await startRunner(launch, own).exit;
    assert.deepEqual(logOf(launch).trim().split('\n'), [
      `PARALLEL_GROUPS_RUN=${RUN_ID}`,
      'PARALLEL_GROUPS_GROUP=tasks.md#auth',
      'PARALLEL_GROUPS_TASK=tasks.md#T1',
      'PARALLEL_GROUPS_ATTEMPT=2',
      'PARALLEL_GROUPS_CONTEXT=/c.json',
      'VSCODE_IPC_HOOK=(unset)',
      'ELECTRON_RUN_AS_NODE=(unset)',
      'KEPT=yes',
    ]);
  });

  it('that is a check of the run is named by its job', async () => {
    const launch = await prepareFake(root, ['env=PARALLEL_GROUPS_TASK'], {
      job: 'tests',
      task: null,
    });
    await run(launch);
    assert.equal(logOf(launch), 'PARALLEL_GROUPS_TASK=tests\n');
  });

  it('may print without end: memory and log stay small, and the log says what it left out', async () => {
    const limits = { timeoutMs: 60_000, graceMs: 300, maxLogBytes: 10_000 };
    const steps = ['print=begin', 'flood=100000000', `touch=${root}/pid`, 'print=end'];
    const launch = await prepareFake(root, [...steps, `wait-file=${root}/go`], { limits });
    const runner = startRunner(launch);
    // What it prints is not kept by this test either.
    runner.child.stdout?.removeAllListeners('data').resume();
    await pidIn(join(root, 'pid'));
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${String(runner.child.pid)}/status`, 'utf8');
      const peakKb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
      assert.ok(peakKb < 250_000, `${peakKb} KiB`);
    }
    await run(await prepareFake(root, [`touch=${root}/go`]));
    assert.equal(await runner.exit, 0);
    const log = logOf(launch);
    assert.ok(log.length < 10_200, `${log.length} bytes`);
    assert.ok(log.startsWith('begin\n') && log.endsWith('end\n'));
    assert.match(log, /\[… 9999\d+ bytes of output left out here …\]/);
    // A line a second at most, however many there were.
    assert.ok((await eventsOf(launch)).length < 60);
  });

  it('may print a line without end', async () => {
    const launch = await prepareFake(root, ['flood=40000000:0', 'exit=0'], { adapter: 'claude' });
    const runner = startRunner(launch);
    assert.equal(await runner.exit, 1);
    assert.equal((await outcomeOf(launch)).failure?.reason, 'protocol');
  });

  it('that prints nothing has no log', async () => {
    const launch = await prepareFake(root, ['exit=0']);
    await run(launch);
    assert.equal(existsSync(attemptFiles(launch.dir).output), false);
  });

  it('with an event stream is shown by its steps, none of which can steer the terminal', async () => {
    const steps = ['init', `says=hello\\e]0;title\\a`, 'bash=echo \\e[2J', 'ok=done'];
    const launch = await prepareFake(root, steps, { adapter: 'claude' });
    const runner = startRunner(launch);
    assert.equal(await runner.exit, 0);
    const printed = runner.printed();
    assert.match(
      printed,
      /^╭ T1 Create the model · backend-architect · claude · attempt \d+ of 3\n/,
    );
    assert.match(printed, /│ 0:0\d {2}says {3}hello␛\]0;title␇\n/);
    assert.match(printed, /╰ completed · [\d.]+ s · \d+ in \/ \d+ out · \$0\.0\d/);
    assert.equal(printed.includes(ESCAPE), false);
  });

  it('without one is shown by its output, without what would do more than print', async () => {
    const launch = await prepareFake(root, ['print=\\e[32mgreen\\e[0m\\e]52;c;aGk=\\a\\e[6n.']);
    const runner = startRunner(launch);
    await runner.exit;
    const expected = `${ESCAPE}[32mgreen${ESCAPE}[0m.\n`;
    assert.ok(runner.printed().includes(expected), JSON.stringify(runner.printed()));
  });

  it('tells what it does while it does it', async () => {
    const steps = ['init', 'says=thinking about it', `wait-file=${root}/go`, 'ok'];
    const launch = await prepareFake(root, steps, { adapter: 'claude' });
    const runner = startRunner(launch);
    await eventually('its words are written', async () =>
      (await eventsOf(launch)).some(
        (event) => event.type === 'step' && event.text.includes('thinking'),
      ),
    );
    await run(await prepareFake(root, [`touch=${root}/go`]));
    assert.equal(await runner.exit, 0);
  });
});
