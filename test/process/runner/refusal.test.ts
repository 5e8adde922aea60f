import { strict as assert } from 'node:assert';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import { attemptFiles } from '../../../src/store/attempts/attempt-directory.ts';
import { claimAttempt, readClaim } from '../../../src/store/attempts/claim.ts';
import { isAlive } from '../../../src/system/processes/process-identity.ts';
import { endAll, pidIn } from '../../support/processes.ts';
import { eventsOf, outcomeOf, prepareFake, run, startRunner } from '../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const REFUSED = 3;

describe('a runner', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  it('runs an attempt that another runner tries to run at the same time exactly once', async () => {
    const launch = await prepareFake(root, ['print=once']);
    const exits = await Promise.all([1, 2, 3, 4].map(() => run(launch)));
    assert.deepEqual(exits.sort(), [0, REFUSED, REFUSED, REFUSED]);
    const events = await eventsOf(launch);
    assert.equal(events.filter((event) => event.type === 'started').length, 1);
    assert.equal(events.filter((event) => event.type === 'ended').length, 1);
  });

  it('does not run an attempt a second time, and says in one sentence who did', async () => {
    const launch = await prepareFake(root, ['print=once']);
    await run(launch);
    const before = readFileSync(attemptFiles(launch.dir).events, 'utf8');
    const again = startRunner(launch);
    assert.equal(await again.exit, REFUSED);
    assert.match(again.printed(), /^This attempt was already started, by process \d+\.\n$/);
    assert.equal(readFileSync(attemptFiles(launch.dir).events, 'utf8'), before);
  });

  it('refuses an attempt whose specification or prompt was changed after the launch', async () => {
    for (const name of ['attempt.json', 'prompt.md']) {
      const launch = await prepareFake(root, [`touch=${root}/ran`]);
      appendFileSync(join(launch.dir, name), '\n');
      const runner = startRunner(launch);
      assert.equal(await runner.exit, REFUSED);
      assert.match(runner.printed(), /was changed after it was approved/);
      assert.equal(existsSync(attemptFiles(launch.dir).claim), false);
    }
    assert.equal(existsSync(join(root, 'ran')), false);
  });

  it('refuses an attempt that was revoked, without an event', async () => {
    const launch = await prepareFake(root, [`touch=${root}/ran`]);
    await claimAttempt(launch.dir, { v: FORMAT, kind: 'revoked', epoch: 1, at: 1 });
    const runner = startRunner(launch);
    assert.equal(await runner.exit, REFUSED);
    assert.match(runner.printed(), /called off before it started/);
    assert.equal(existsSync(attemptFiles(launch.dir).events), false);
    assert.equal(existsSync(join(root, 'ran')), false);
  });

  it('refuses an attempt of an older epoch, and leaves it unclaimed', async () => {
    mkdirSync(join(root, 'lock'));
    writeFileSync(join(root, 'lock', '2'), '{}');
    const old = await prepareFake(root, [], { epoch: 1 });
    assert.equal(await run(old), REFUSED);
    assert.equal(existsSync(attemptFiles(old.dir).claim), false);
    const current = await prepareFake(root, ['print=x'], { epoch: 2 });
    assert.equal(await run(current), 0);
  });

  it('that is killed leaves its claim and no end, and its claim names a process that is gone', async () => {
    const launch = await prepareFake(root, [`touch=${root}/pid`, 'hang']);
    const runner = startRunner(launch);
    const agent = await pidIn(join(root, 'pid'));
    runner.child.kill('SIGKILL');
    assert.equal(await runner.exit, 'SIGKILL');
    endAll([agent]);
    const claim = await readClaim(launch.dir);
    assert.ok(claim.ok && claim.value?.kind === 'claimed');
    assert.equal(claim.value.process.pid, runner.child.pid);
    assert.equal(await isAlive(claim.value.process), 'gone');
    await assert.rejects(() => outcomeOf(launch), /no end/);
  });
});
