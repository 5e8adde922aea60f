import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asRunId } from '../../../../src/shared/ids.ts';
import {
  contextDirectory,
  createRunDirectory,
  listRunDirectories,
  runDirectory,
} from '../../../../src/store/directories/run-directory.ts';
import { readCurrentRun, writeCurrentRun } from '../../../../src/store/projections/current-run.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const run = asRunId('20260101T000000Z-abcdef');

describe('the directory of a run', () => {
  let workspace: string;
  beforeEach(() => (workspace = temporaryDirectory()));
  afterEach(() => removeDirectory(workspace));

  it('is created with a place for its context', async () => {
    const directory = must(await createRunDirectory(workspace, run));
    assert.equal(directory, runDirectory(workspace, run));
    assert.ok(existsSync(contextDirectory(directory)));
  });

  it('is never one that was there before', async () => {
    mkdirSync(runDirectory(workspace, run), { recursive: true });
    const result = await createRunDirectory(workspace, run);
    assert.ok(!result.ok && result.failure.reason === 'exists');
  });

  it('is listed with the others, oldest first', async () => {
    assert.deepEqual(await listRunDirectories(workspace), []);
    const ids = ['20260301T000000Z-a', '20260101T000000Z-f', '20260201T000000Z-c'].map(asRunId);
    for (const id of ids) {
      must(await createRunDirectory(workspace, id));
    }
    assert.deepEqual(
      await listRunDirectories(workspace),
      ids.toSorted().map((id) => runDirectory(workspace, id)),
    );
  });

  it('says so when it cannot be created', async () => {
    mkdirSync(join(workspace, '.parallel-groups'));
    writeFileSync(dirname(runDirectory(workspace, run)), '');
    const result = await createRunDirectory(workspace, run);
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});

describe('the newest run of a group', () => {
  let group: string;
  beforeEach(() => (group = temporaryDirectory()));
  afterEach(() => removeDirectory(group));

  it('is none before the first', async () => {
    assert.equal(must(await readCurrentRun(group)), null);
  });

  it('is the one that was written last', async () => {
    must(await writeCurrentRun(group, { run: asRunId('r1'), epoch: 1 }));
    must(await writeCurrentRun(group, { run, epoch: 2 }));
    const current = must(await readCurrentRun(group));
    assert.deepEqual([current?.run, current?.epoch], [run, 2]);
  });

  it('is not believed to be a path', async () => {
    writeFileSync(join(group, 'run.json'), '{"v":1,"run":"../../x","epoch":1}');
    const result = await readCurrentRun(group);
    assert.ok(!result.ok);
    assert.ok(result.failure.includes(join(group, 'run.json')), result.failure);
  });

  it('says so when it cannot be written', async () => {
    const result = await writeCurrentRun(join(group, 'missing'), { run, epoch: 1 });
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});
