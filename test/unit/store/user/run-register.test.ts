import { strict as assert } from 'node:assert';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asGroupKey, asRunId } from '../../../../src/shared/ids.ts';
import {
  isRegistered,
  type RegisteredRun,
  registerRun,
} from '../../../../src/store/user/run-register.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const RUN: RegisteredRun = {
  run: asRunId('20260101T000000Z-abcdef'),
  group: asGroupKey('tasks.md#auth'),
  origin: 'a1b2',
};

describe('the register of runs', () => {
  let storage: string;
  beforeEach(() => (storage = temporaryDirectory()));
  afterEach(() => removeDirectory(storage));

  it('knows a run that was registered, and no other', async () => {
    assert.equal(await isRegistered(storage, RUN), false);
    must(await registerRun(storage, RUN));
    assert.equal(await isRegistered(storage, RUN), true);
    const others: Partial<RegisteredRun>[] = [
      { run: asRunId('20260101T000000Z-ABCDEF') },
      { group: asGroupKey('tasks.md#other') },
      { origin: 'another first event' },
    ];
    for (const other of others) {
      assert.equal(await isRegistered(storage, { ...RUN, ...other }), false);
    }
  });

  it('takes the same run twice, but never another under its id', async () => {
    must(await registerRun(storage, RUN));
    must(await registerRun(storage, RUN));
    const result = await registerRun(storage, { ...RUN, origin: 'forged' });
    assert.ok(!result.ok && result.failure.reason === 'exists');
    assert.equal(await isRegistered(storage, RUN), true);
    assert.equal(await isRegistered(storage, { ...RUN, origin: 'forged' }), false);
  });

  it('loses none of many that are registered at once', async () => {
    const runs = Array.from({ length: 30 }, (_, index) => ({
      ...RUN,
      run: asRunId(`20260101T000000Z-${index}`),
    }));
    for (const result of await Promise.all(runs.map((run) => registerRun(storage, run)))) {
      must(result);
    }
    for (const run of runs) {
      assert.equal(await isRegistered(storage, run), true);
    }
  });

  it('does not know a run whose entry is damaged', async () => {
    must(await registerRun(storage, RUN));
    for (const name of readdirSync(join(storage, 'runs'))) {
      writeFileSync(join(storage, 'runs', name), '{"v":1,"run":"2026');
    }
    assert.equal(await isRegistered(storage, RUN), false);
  });

  it('says so when it cannot be written', async () => {
    writeFileSync(join(storage, 'runs'), '');
    const result = await registerRun(storage, RUN);
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});
