import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requestCancel } from '../../../src/store/attempts/claim.ts';
import { eventually } from '../../support/eventually.ts';
import { endAll, lives, pidIn } from '../../support/processes.ts';
import {
  outcomeOf,
  type Prepared,
  prepareFake,
  run,
  type StartedRunner,
  startHost,
} from '../../support/runner.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const limits = { timeoutMs: 60_000, graceMs: 300, maxLogBytes: 1_000_000 };

describe('a runner host', function () {
  this.timeout(60_000);
  let root: string;
  let hosts: StartedRunner[];
  beforeEach(() => {
    root = temporaryDirectory();
    hosts = [];
  });
  afterEach(async () => {
    endAll(hosts.map((host) => host.child.pid));
    await Promise.all(hosts.map((host) => host.exit));
    removeDirectory(root);
  });

  function start(...options: string[]): StartedRunner {
    const host = startHost(...options);
    hosts.push(host);
    return host;
  }

  function launchIn(host: StartedRunner, launch: Prepared): void {
    host.child.stdin?.write(`${JSON.stringify(launch)}\n`);
  }

  const endsIn = (host: StartedRunner): { dir: string; problem?: string }[] =>
    host
      .printed()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { dir: string; problem?: string });

  it('carries out attempts side by side, and tells of each end', async () => {
    const host = start();
    const first = await prepareFake(root, [`wait-file=${root}/second`, 'print=1'], { limits });
    const second = await prepareFake(root, [`touch=${root}/second`], { limits });
    launchIn(host, first);
    launchIn(host, second);
    host.child.stdin?.end();
    assert.equal(await host.exit, 0);
    for (const launch of [first, second]) {
      assert.equal((await outcomeOf(launch)).failure, null);
    }
    assert.deepEqual(
      endsIn(host)
        .map((end) => end.dir)
        .sort(),
      [first.dir, second.dir].sort(),
    );
  });

  it('whose coordinator died finishes what it holds, and then ends', async () => {
    const host = start();
    const launch = await prepareFake(root, [`touch=${root}/pid`, `wait-file=${root}/go`], {
      limits,
    });
    launchIn(host, launch);
    await pidIn(join(root, 'pid'));
    host.child.stdin?.end();
    host.child.stdout?.destroy();
    await run(await prepareFake(root, [`touch=${root}/go`]));
    assert.equal(await host.exit, 0);
    assert.equal((await outcomeOf(launch)).failure, null);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`calls everything off on ${signal}, and starts nothing new`, async () => {
      const host = start();
      const launches = await Promise.all(
        ['a', 'b'].map((name) => prepareFake(root, [`touch=${root}/${name}`, 'hang'], { limits })),
      );
      for (const launch of launches) {
        launchIn(host, launch);
      }
      const pids = [await pidIn(join(root, 'a')), await pidIn(join(root, 'b'))];
      host.child.kill(signal);
      const late = await prepareFake(root, [`touch=${root}/late`], { limits });
      launchIn(host, late);
      assert.equal(await host.exit, 130);
      for (const launch of launches) {
        assert.equal((await outcomeOf(launch)).failure?.reason, 'cancelled');
      }
      assert.deepEqual(await Promise.all(pids.map(lives)), [false, false]);
      assert.equal(existsSync(join(root, 'late')), false);
    });
  }

  it('cancels one attempt by its cancel file and leaves the others alone', async () => {
    const host = start();
    const cancelled = await prepareFake(root, [`touch=${root}/a`, 'hang'], { limits });
    const other = await prepareFake(root, [`wait-file=${root}/go`], { limits });
    launchIn(host, cancelled);
    launchIn(host, other);
    host.child.stdin?.end();
    await pidIn(join(root, 'a'));
    await requestCancel(cancelled.dir);
    await eventually('the end is told', () => endsIn(host).length === 1);
    assert.deepEqual(endsIn(host), [{ dir: cancelled.dir, ended: true }]);
    assert.equal((await outcomeOf(cancelled)).failure?.reason, 'cancelled');
    await run(await prepareFake(root, [`touch=${root}/go`]));
    await host.exit;
    assert.equal((await outcomeOf(other)).failure, null);
  });

  it('says why it refused a launch, and goes on', async () => {
    const host = start();
    const done = await prepareFake(root, ['exit=0'], { limits });
    await run(done);
    host.child.stdin?.write('not a launch\n');
    launchIn(host, done);
    const next = await prepareFake(root, ['exit=0'], { limits });
    launchIn(host, next);
    host.child.stdin?.end();
    assert.equal(await host.exit, 0);
    const problems = endsIn(host).map((end) => [end.dir, end.problem ?? null]);
    const [refused] = problems.filter(([dir]) => dir === done.dir);
    assert.match(String(refused?.[1]), /already started/);
    assert.ok(problems.some(([dir, problem]) => dir === next.dir && problem === null));
  });

  it('prints one line an event for people when it is asked to', async () => {
    const host = start('--verbose');
    const steps = ['init', 'read=a.ts', 'says=hi \\e[31m', 'ok'];
    launchIn(host, await prepareFake(root, steps, { adapter: 'claude', limits }));
    host.child.stdin?.end();
    await host.exit;
    assert.match(host.printed(), /^T1 {2}read {2}a\.ts$/m);
    assert.match(host.printed(), /^T1 {2}completed$/m);
  });

  it('leaves nothing behind of many short attempts that start children of their own', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const host = start();
    const files = Array.from({ length: 8 }, (_, index) => join(root, `orphan-${index}`));
    for (const file of files) {
      launchIn(host, await prepareFake(root, [`spawn-orphan=${file}`, 'exit=0'], { limits }));
    }
    // A host whose input ends launches nothing more.
    const pids = await Promise.all(files.map((file) => pidIn(file)));
    host.child.stdin?.end();
    await host.exit;
    assert.deepEqual(
      await Promise.all(pids.map(lives)),
      pids.map(() => false),
    );
  });
});
