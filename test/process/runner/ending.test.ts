import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { FailureReason } from '../../../src/shared/failure.ts';
import { requestCancel } from '../../../src/store/attempts/claim.ts';
import { eventually } from '../../support/eventually.ts';
import { pidIn } from '../../support/processes.ts';
import { eventsOf, outcomeOf, prepareFake, run, startRunner } from '../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const limits = { timeoutMs: 60_000, graceMs: 300, maxLogBytes: 1_000_000 };

describe('an attempt', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  async function reasonOf(
    steps: readonly string[],
    changes: Parameters<typeof prepareFake>[2] = {},
  ): Promise<FailureReason | null> {
    const launch = await prepareFake(root, steps, { limits, ...changes });
    await run(launch);
    return (await outcomeOf(launch)).failure?.reason ?? null;
  }

  it('succeeds when its command ends with code 0', async () => {
    const launch = await prepareFake(root, ['print=hello']);
    assert.equal(await run(launch), 0);
    const events = await eventsOf(launch);
    assert.deepEqual(
      events.map((event) => event.type),
      ['started', 'step', 'ended'],
    );
    const outcome = await outcomeOf(launch);
    assert.equal(outcome.failure, null);
    assert.equal(outcome.exitCode, 0);
  });

  it('fails with its command’s exit code and last line', async () => {
    const launch = await prepareFake(root, ['print-error=no such table', 'exit=4']);
    assert.equal(await run(launch), 1);
    const { failure, exitCode } = await outcomeOf(launch);
    assert.equal(exitCode, 4);
    assert.equal(failure?.reason, 'exit');
    assert.match(failure.message, /exit code 4.*no such table/);
  });

  it('that is killed from outside failed by a signal, whatever it said before', async () => {
    assert.equal(
      await reasonOf(['init', 'ok=done', 'die=SIGKILL'], { adapter: 'claude' }),
      'signal',
    );
  });

  it('whose program does not exist was not started', async () => {
    const command = { kind: 'argv' as const, argv: [join(root, 'no-such-program')] };
    const launch = await prepareFake(root, [], { command });
    assert.equal(await run(launch), 1);
    const { failure } = await outcomeOf(launch);
    assert.equal(failure?.reason, 'not_started');
    assert.match(failure.message, /no-such-program` was not found/);
  });

  it('whose folder does not exist says so, and not that the program is missing', async () => {
    const launch = await prepareFake(root, [], { cwd: join(root, 'gone') });
    await run(launch);
    assert.match(
      (await outcomeOf(launch)).failure?.message ?? '',
      /the folder .*gone does not exist/,
    );
  });

  it('runs a shell line as a shell does, and nothing else through a shell', async () => {
    const line = 'test "$(printf a; printf b)" = ab && exit 7';
    assert.equal(await reasonOf([], { command: { kind: 'shell', line } }), 'exit');
    const launch = await prepareFake(root, ['print=$(exit 9) `x` ; "quoted" *']);
    assert.equal(await run(launch), 0);
    assert.match(JSON.stringify(await eventsOf(launch)), /\$\(exit 9\) `x` ; \\"quoted\\" \*/);
  });

  it('is stopped at its time limit, however politely it refuses', async () => {
    const steps = ['ignore=SIGINT', 'ignore=SIGTERM', `touch=${root}/pid`, 'hang'];
    const launch = await prepareFake(root, steps, { limits: { ...limits, timeoutMs: 800 } });
    assert.equal(await run(launch), 1);
    const { failure, signal } = await outcomeOf(launch);
    assert.equal(failure?.reason, 'timeout');
    assert.equal(signal, 'SIGKILL');
  });

  it('is stopped by a cancel file, and an exit code 0 then is no success', async () => {
    const steps = ['exit-on=SIGINT:0', 'init', `touch=${root}/pid`, 'hang'];
    const launch = await prepareFake(root, steps, { adapter: 'claude', limits });
    const runner = startRunner(launch);
    await pidIn(join(root, 'pid'));
    await requestCancel(launch.dir);
    assert.equal(await runner.exit, 130);
    const outcome = await outcomeOf(launch);
    assert.equal(outcome.failure?.reason, 'cancelled');
    assert.equal(outcome.exitCode, 0);
  });

  it('that was cancelled before it started never starts its program', async () => {
    const launch = await prepareFake(root, [`touch=${root}/pid`]);
    await requestCancel(launch.dir);
    assert.equal(await run(launch), 130);
    assert.deepEqual(
      (await eventsOf(launch)).map((event) => event.type),
      ['ended'],
    );
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`is cancelled, with its last event written, when its runner gets ${signal}`, async () => {
      const launch = await prepareFake(root, [`touch=${root}/pid`, 'hang'], { limits });
      const runner = startRunner(launch);
      await pidIn(join(root, 'pid'));
      runner.child.kill(signal);
      assert.equal(await runner.exit, 130);
      assert.equal((await outcomeOf(launch)).failure?.reason, 'cancelled');
    });
  }

  it('ends properly when nobody reads what its runner prints any more', async () => {
    const steps = [`touch=${root}/pid`, `wait-file=${root}/go`, 'flood=500000'];
    const launch = await prepareFake(root, steps, { limits });
    const runner = startRunner(launch);
    await pidIn(join(root, 'pid'));
    runner.child.stdout?.destroy();
    runner.child.stderr?.destroy();
    const release = await prepareFake(root, [`touch=${root}/go`]);
    await run(release);
    await eventually('it has ended', async () => (await eventsOf(launch)).at(-1)?.type === 'ended');
    assert.equal((await outcomeOf(launch)).failure, null);
  });

  it('keeps its first reason to end: a cancellation after the time limit changes nothing', async () => {
    // It notes that it is being stopped, and goes on until it is killed.
    const line = `trap 'echo $$ > "${root}/stopping"' INT TERM; while :; do sleep 0.05; done`;
    const launch = await prepareFake(root, [], {
      command: { kind: 'shell', line },
      limits: { timeoutMs: 300, graceMs: 1000, maxLogBytes: 1000 },
    });
    const runner = startRunner(launch);
    await pidIn(join(root, 'stopping'));
    await requestCancel(launch.dir);
    await runner.exit;
    assert.equal((await outcomeOf(launch)).failure?.reason, 'timeout');
  });
});
