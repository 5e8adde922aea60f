import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { ProjectionWriter } from '../../../../src/store/files/projection-writer.ts';
import { metadataFile, metadataProjection } from '../../../../src/store/metadata/metadata-file.ts';
import { readMetadata } from '../../../../src/store/metadata/metadata-reader.ts';
import { eventually } from '../../../support/eventually.ts';
import { must } from '../../../support/store/journals.ts';
import { groupMetadata } from '../../../support/store/metadata.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('writing metadata', () => {
  let directory: string;
  let writer: ProjectionWriter;
  let mine: boolean;
  let seq: number;
  let projections: number;
  beforeEach(() => {
    directory = temporaryDirectory();
    mine = true;
    seq = 1;
    projections = 0;
    const metadata = metadataProjection(directory, () => {
      projections += 1;
      return groupMetadata({ seq });
    });
    writer = new ProjectionWriter(metadata, { isStillMine: () => Promise.resolve(mine) });
  });
  afterEach(() => {
    writer.dispose();
    removeDirectory(directory);
  });

  const written = async (): Promise<unknown> => must(await readMetadata(directory))?.seq;

  it('happens at once on a flush', async () => {
    must(await writer.write());
    assert.deepEqual(must(await readMetadata(directory)), groupMetadata());
  });

  it('gathers changes and writes the newest state by itself', async () => {
    for (seq = 1; seq < 500; seq += 1) {
      writer.touch();
    }
    assert.equal(existsSync(metadataFile(directory)), false);
    await eventually('the file is written', () => existsSync(metadataFile(directory)));
    assert.equal(await written(), 500);
    assert.equal(projections, 1);
  });

  it('happens on a flush only after a change', async () => {
    must(await writer.flush());
    assert.equal(existsSync(metadataFile(directory)), false);
    writer.touch();
    must(await writer.flush());
    assert.equal(await written(), 1);
    assert.equal(projections, 1);
  });

  it('is called off when the writer is disposed', async () => {
    writer.touch();
    writer.dispose();
    must(await writer.flush());
    assert.equal(projections, 0);
  });

  it('never lets an older state replace a newer one', async () => {
    const flushes: ReturnType<ProjectionWriter['write']>[] = [];
    for (seq = 1; seq < 30; seq += 1) {
      writer.touch();
      flushes.push(writer.write());
      if (seq % 5 === 0) {
        await new Promise(setImmediate);
      }
    }
    for (const flushed of await Promise.all(flushes)) {
      must(flushed);
    }
    assert.equal(await written(), 30);
    assert.deepEqual(readdirSync(directory), ['metadata.json']);
  });

  it('stops once the lock is lost', async () => {
    must(await writer.write());
    mine = false;
    seq = 2;
    must(await writer.write());
    assert.equal(await written(), 1);
  });

  it('that failed says so at the flush, and is made good by the next', async () => {
    mkdirSync(metadataFile(directory));
    const failed = await writer.write();
    assert.ok(!failed.ok && failed.failure.reason === 'cannot_write');
    rmdirSync(metadataFile(directory));
    must(await writer.write());
    assert.equal(await written(), 1);
  });
});
