import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asRunId, asTaskKey } from '../../../../src/shared/ids.ts';
import type { DirectoryWatch } from '../../../../src/store/files/watch-directory.ts';
import {
  followRequests,
  type HolderRequest,
  sendRequest,
} from '../../../../src/store/requests/requests.ts';
import { eventually } from '../../../support/eventually.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const run = asRunId('20260102T000000Z-b');
const cancel = (at: number, of = run): HolderRequest => ({
  v: 1,
  kind: 'cancel',
  run: of,
  task: null,
  by: 'command line',
  at,
});

describe('what the holder of a group is asked', () => {
  let group: string;
  let told: HolderRequest[];
  let watch: DirectoryWatch | undefined;
  beforeEach(() => {
    group = temporaryDirectory();
    told = [];
  });
  afterEach(() => {
    watch?.dispose();
    removeDirectory(group);
  });

  async function follow(epoch = 2): Promise<void> {
    watch = must(await followRequests(group, { run, epoch }, (request) => told.push(request)));
  }
  async function send(request: HolderRequest): Promise<void> {
    must(await sendRequest(group, request));
  }
  const left = (): string[] => readdirSync(join(group, 'requests'));

  it('reaches it once, oldest first, and is then removed', async () => {
    await send(cancel(20));
    await send({ ...cancel(3), kind: 'cancel', run, task: asTaskKey('tasks.md#T1') });
    await follow();
    await send({ v: 1, kind: 'yield', epoch: 2, by: 'VS Code', at: 30 });
    await eventually('all three arrive', () => told.length === 3 && left().length === 0);
    assert.deepEqual(
      told.map(({ at }) => at),
      [3, 20, 30],
    );
    watch?.refresh();
    watch?.dispose();
    await follow();
    await send(cancel(40));
    await eventually('the next arrives', () => told.length > 3);
    assert.equal(told.at(-1)?.at, 40);
    assert.equal(told.length, 4);
  });

  it('does not reach it where it was meant for a run or a holder before', async () => {
    await send(cancel(1, asRunId('20260101T000000Z-a')));
    await send({ v: 1, kind: 'yield', epoch: 1, by: 'VS Code', at: 2 });
    await send(cancel(3));
    await follow();
    await eventually('the requests are worked off', () => left().length === 0);
    assert.deepEqual(told, [cancel(3)]);
  });

  it('is left for the holder it is meant for, where that is a later one', async () => {
    await send(cancel(1, asRunId('20260103T000000Z-c')));
    await send({ v: 1, kind: 'yield', epoch: 3, by: 'VS Code', at: 2 });
    await send(cancel(3));
    await follow();
    await eventually('ours arrives', () => told.length === 1 && left().length === 2);
    assert.deepEqual(told, [cancel(3)]);
  });

  it('does not matter where it cannot be understood', async () => {
    mkdirSync(join(group, 'requests'));
    writeFileSync(join(group, 'requests', '0-bad.json'), '{"v":1,"kind":"explode"}');
    writeFileSync(join(group, 'requests', '1-bad.json'), 'x');
    await follow();
    await send(cancel(5));
    await eventually('the good one arrives', () => told.length === 1);
  });

  it('reaches nobody after that one stopped listening', async () => {
    await follow();
    watch?.dispose();
    await send(cancel(1));
    watch?.refresh();
    await new Promise(setImmediate);
    assert.deepEqual(told, []);
    assert.equal(left().length, 1);
  });

  it('says so when it cannot be written', async () => {
    const result = await sendRequest(join(group, 'missing', 'group'), cancel(1));
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});
