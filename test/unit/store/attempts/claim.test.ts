import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../../../../src/coordinator/schema/attempt.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import {
  claimAttempt,
  isCancelRequested,
  readClaim,
  requestCancel,
  UNREADABLE,
} from '../../../../src/store/attempts/claim.ts';
import { newestEpoch } from '../../../../src/store/attempts/newest-epoch.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const claimOf = (pid: number): Claim => ({
  v: FORMAT,
  kind: 'claimed',
  process: { pid, start: '42', host: 'here', boot: null },
  epoch: 1,
  at: 1,
});
const revoked: Claim = { v: FORMAT, kind: 'revoked', epoch: 2, at: 2 };

describe('a claim', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  it('is taken for an attempt whose directory a killed coordinator did not make any more', async () => {
    const unmade = join(directory, 'attempts', 't1', '1');
    assert.ok((await claimAttempt(unmade, revoked)).ok);
    assert.deepEqual(await readClaim(unmade), { ok: true, value: revoked });
  });

  it('is given to exactly one of many who try at once, and the others learn whose it is', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, index) => claimAttempt(directory, claimOf(index + 1))),
    );
    const winner = tries.findIndex((result) => result.ok) + 1;
    assert.equal(tries.filter((result) => result.ok).length, 1);
    for (const result of tries) {
      if (!result.ok) {
        assert.deepEqual(result.failure, claimOf(winner));
      }
    }
    assert.deepEqual(await readClaim(directory), { ok: true, value: claimOf(winner) });
    assert.deepEqual(readdirSync(directory), ['claim']);
  });

  it('that was revoked cannot be taken any more', async () => {
    assert.ok((await claimAttempt(directory, revoked)).ok);
    assert.deepEqual(await claimAttempt(directory, claimOf(1)), { ok: false, failure: revoked });
  });

  it('is nobody’s before it is taken', async () => {
    assert.deepEqual(await readClaim(directory), { ok: true, value: null });
  });

  it('that cannot be understood is somebody’s', async () => {
    writeFileSync(join(directory, 'claim'), '{"v":1,"kind":"cla');
    assert.deepEqual(await readClaim(directory), { ok: false, failure: UNREADABLE });
    assert.deepEqual(await claimAttempt(directory, claimOf(1)), {
      ok: false,
      failure: UNREADABLE,
    });
  });

  it('is independent of a request to stop, which may be repeated', async () => {
    assert.equal(isCancelRequested(directory), false);
    await requestCancel(directory);
    await requestCancel(directory);
    assert.equal(isCancelRequested(directory), true);
  });
});

describe('the newest epoch', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  it('is the highest number in the lock directory, whatever else lies there', () => {
    for (const name of ['1', '1.released', '2', '10', '10.released', '.11.tmp', '012', 'x']) {
      writeFileSync(join(directory, name), '');
    }
    assert.equal(newestEpoch(directory), 10);
  });

  it('is 0 where nobody ever coordinated', () => {
    mkdirSync(join(directory, 'lock'));
    assert.equal(newestEpoch(join(directory, 'lock')), 0);
    assert.equal(newestEpoch(join(directory, 'none')), 0);
  });
});
