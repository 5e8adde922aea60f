import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readJournal } from '../../../../src/store/journal/journal-reader.ts';
import { openSegment } from '../../../../src/store/journal/journal-writer.ts';
import { segmentFile } from '../../../../src/store/journal/segment-file.ts';
import { eventually } from '../../../support/eventually.ts';
import { skip } from '../../../support/skip.ts';
import {
  eventAt,
  eventsFrom,
  must,
  openWriter,
  PLAN,
  segmentBytes,
  writeSegment,
} from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const LIMITED = fileURLToPath(
  new URL('../../../support/store/limited-writer.mjs', import.meta.url),
);

describe('writing a journal', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  const start = (): Parameters<typeof openSegment>[0] => ({
    runDirectory: directory,
    run: PLAN.run,
    group: PLAN.group,
    epoch: 1,
    previous: null,
  });

  it('waits for the disk once for all that one turn appends, whoever asks', async () => {
    const writer = await openWriter(directory, 1);
    const flushes = eventsFrom(1, 50).map((event) => {
      writer.append(event);
      return writer.flush();
    });
    for (const flushed of await Promise.all(flushes)) {
      assert.ok(flushed.ok);
    }
    assert.equal(writer.commits, 1);
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 50));
    must(await writer.close());
  });

  it('gathers what is asked for while the disk is busy', async () => {
    const writer = await openWriter(directory, 1);
    writer.append(eventAt(1));
    const first = writer.flush();
    await Promise.resolve().then(() => undefined);
    await new Promise(setImmediate);
    const others = eventsFrom(2, 40).map((event) => {
      writer.append(event);
      return writer.flush();
    });
    await Promise.all([first, ...others]);
    assert.ok(writer.commits <= 2, `${writer.commits} commits`);
    assert.equal(must(await readJournal(directory)).events.length, 40);
    must(await writer.close());
  });

  it('has on disk at a flush all that was appended before it', async () => {
    const writer = await openWriter(directory, 1);
    for (const event of eventsFrom(1, 30)) {
      writer.append(event);
      if (event.seq % 3 !== 0) {
        continue;
      }
      must(await writer.flush());
      assert.equal(must(await readJournal(directory)).events.length, event.seq);
      assert.equal(segmentBytes(directory, 1).length, writer.length);
    }
    must(await writer.close());
  });

  it('needs no disk for a flush of nothing', async () => {
    const writer = await openWriter(directory, 1);
    assert.ok((await writer.flush()).ok);
    assert.equal(writer.commits, 0);
    must(await writer.close());
  });

  it('writes what nobody waits for by itself', async () => {
    const writer = await openWriter(directory, 1);
    writer.append(eventAt(1));
    await eventually('the event is on disk', () => writer.commits === 1);
    assert.deepEqual(must(await readJournal(directory)).events, [eventAt(1)]);
    must(await writer.close());
  });

  it('takes no event out of order, as that would make the journal unreadable', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 2));
    const writer = await openWriter(directory, 2);
    assert.throws(() => writer.append(eventAt(2)));
    assert.throws(() => writer.append(eventAt(4)));
    assert.throws(() => writer.append({ ...eventAt(3), at: 1 }));
    writer.append(eventAt(3));
    must(await writer.close());
    assert.throws(() => writer.append(eventAt(4)));
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 3));
  });

  it('never writes to a segment that exists', async () => {
    writeFileSync(segmentFile(directory, 1), 'somebody’s');
    const opened = await openSegment(start());
    assert.ok(!opened.ok);
    assert.equal(segmentBytes(directory, 1).toString(), 'somebody’s');
  });

  it('says so when nothing can be created', async () => {
    const blocked = join(directory, 'file');
    writeFileSync(blocked, '');
    const opened = await openSegment({ ...start(), runDirectory: blocked });
    assert.ok(!opened.ok);
    assert.ok(opened.failure.message.includes(blocked), opened.failure.message);
  });

  it('fails for good when the journal is deleted under it', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows does not delete open files');
    }
    const writer = await openWriter(directory, 1);
    writer.append(eventAt(1));
    must(await writer.flush());
    rmSync(segmentFile(directory, 1));
    writer.append(eventAt(2));
    const flushed = await writer.flush();
    assert.ok(!flushed.ok);
    writer.append(eventAt(3));
    assert.deepEqual(await writer.flush(), flushed);
    assert.deepEqual(await writer.close(), flushed);
  });

  it('writes nothing more once the disk is full, and what is there stays readable', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no ulimit');
    }
    const script = 'ulimit -f 8 && exec "$0" "$@"';
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      script,
      process.execPath,
      LIMITED,
      directory,
    ]);
    const outcomes: unknown = JSON.parse(stdout);
    assert.ok(Array.isArray(outcomes));
    const good = outcomes.indexOf('cannot_write');
    assert.ok(good > 0, stdout);
    assert.deepEqual([...new Set(outcomes.slice(good))], ['cannot_write']);
    const journal = must(await readJournal(directory));
    assert.deepEqual(journal.events, eventsFrom(1, good));
    // The disk has room again: a successor goes on before the torn line.
    await writeSegment(directory, 2, eventsFrom(good + 1, good + 2));
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, good + 2));
  });
});
