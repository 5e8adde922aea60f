import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { asTaskKey } from '../../../src/shared/ids.ts';
import { attemptMarker } from '../../../src/store/attempts/attempt-marker.ts';
import { endTree } from '../../../src/system/processes/end-tree.ts';
import { RUN_ID } from '../../support/attempts.ts';
import { isTreeEmpty } from '../../support/is-tree-empty.ts';
import { endAll, lives, pidIn } from '../../support/processes.ts';
import { outcomeOf, prepareFake, run, startRunner } from '../../support/runner.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const limits = { timeoutMs: 1000, graceMs: 300, maxLogBytes: 1_000_000 };

describe('when an attempt ends', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  const child = (name: string): string => join(root, name);

  it('nothing that its agent left behind lives, in its process group or in a session of its own', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const steps = [
      `spawn=${child('same-group')}`,
      `spawn-orphan=${child('own-session')}`,
      `spawn-stubborn=${child('stubborn')}`,
      'exit=0',
    ];
    const launch = await prepareFake(root, steps, { limits });
    assert.equal(await run(launch), 0);
    assert.equal((await outcomeOf(launch)).failure, null);
    for (const name of ['same-group', 'own-session', 'stubborn']) {
      assert.equal(await lives(await pidIn(child(name))), false, name);
    }
  });

  it('by its time limit, all of its processes end with it, those of their own session too', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const steps = [
      `spawn=${child('same-group')}`,
      `spawn-stubborn=${child('stubborn')}`,
      'ignore=SIGTERM',
      'hang',
    ];
    const launch = await prepareFake(root, steps, { limits });
    await run(launch);
    assert.equal((await outcomeOf(launch)).failure?.reason, 'timeout');
    for (const name of ['same-group', 'stubborn']) {
      assert.equal(await lives(await pidIn(child(name))), false, name);
    }
  });

  it('a process of another attempt is left alone', async () => {
    const other = await prepareFake(root, [`touch=${child('other')}`, 'hang']);
    const otherRunner = startRunner(other);
    const pid = await pidIn(child('other'));
    await run(await prepareFake(root, [`spawn-orphan=${child('own')}`, 'exit=1'], { limits }));
    assert.equal(await lives(pid), true);
    otherRunner.child.kill('SIGTERM');
    await otherRunner.exit;
    assert.equal(await lives(pid), false);
  });

  it('because its runner was killed, a coordinator finds and ends what is left of it', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const steps = [`spawn-orphan=${child('orphan')}`, `touch=${child('agent')}`, 'hang'];
    const launch = await prepareFake(root, steps, { attempt: 4711 });
    const runner = startRunner(launch);
    const agent = await pidIn(child('agent'));
    const orphan = await pidIn(child('orphan'));
    runner.child.kill('SIGKILL');
    await runner.exit;
    try {
      const marker = attemptMarker({
        run: RUN_ID,
        job: 'task',
        task: asTaskKey('tasks.md#T1'),
        attempt: 4711,
      });
      assert.equal(await isTreeEmpty({ root: null, marker }), false);
      await endTree({ root: null, marker, graceMs: 200 });
      assert.equal(await isTreeEmpty({ root: null, marker }), true);
      assert.deepEqual([await lives(agent), await lives(orphan)], [false, false]);
    } finally {
      endAll([agent, orphan]);
    }
  });
});
