import { strict as assert } from 'node:assert';
import { appendFileSync } from 'node:fs';
import type { RunEvent } from '../../../../src/coordinator/schema/events.ts';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { followJournal, type JournalUpdate } from '../../../../src/store/journal/follow-journal.ts';
import { segmentFile } from '../../../../src/store/journal/segment-file.ts';
import { eventually } from '../../../support/eventually.ts';
import {
  endOf,
  eventAt,
  eventsFrom,
  must,
  openWriter,
  writeSegment,
} from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('an observer of a journal', () => {
  let directory: string;
  let told: JournalUpdate[];
  let events: RunEvent[];
  let follower: Disposable & { refresh(): void };

  beforeEach(() => {
    directory = temporaryDirectory();
    told = [];
    events = [];
    follower = followJournal(directory, (news) => {
      told.push(news);
      if (news.kind === 'whole') {
        events = [...news.journal.events];
      }
      if (news.kind === 'more') {
        events.push(...news.events);
      }
    });
  });
  afterEach(() => {
    follower.dispose();
    removeDirectory(directory);
  });

  const seen = (count: number) => () => events.length === count;

  it('waits for the first event, then sees each once and in order', async () => {
    const writer = await openWriter(directory, 1);
    for (const event of eventsFrom(1, 60)) {
      writer.append(event);
      if (event.seq % 7 === 0) {
        must(await writer.flush());
      }
    }
    must(await writer.close());
    await eventually('all events are seen', seen(60));
    assert.deepEqual(events, eventsFrom(1, 60));
    assert.equal(told.filter(({ kind }) => kind === 'whole').length, 1);
  });

  it('is not told of half a line', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 2));
    await eventually('both events are seen', seen(2));
    const line = `${JSON.stringify(eventAt(3))}\n`;
    appendFileSync(segmentFile(directory, 1), line.slice(0, 20));
    follower.refresh();
    appendFileSync(segmentFile(directory, 1), line.slice(20));
    await eventually('the third is seen', seen(3));
    assert.deepEqual(events, eventsFrom(1, 3));
  });

  it('goes on with the next holder without starting again', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    await eventually('three events are seen', seen(3));
    await writeSegment(directory, 2, eventsFrom(4, 6));
    await eventually('six events are seen', seen(6));
    await writeSegment(directory, 3, eventsFrom(7, 7));
    await eventually('seven events are seen', seen(7));
    assert.deepEqual(events, eventsFrom(1, 7));
    assert.equal(told.filter(({ kind }) => kind === 'whole').length, 1);
  });

  it('is told anew where a takeover did not accept what it had seen', async () => {
    const stale = await openWriter(directory, 1);
    for (const event of eventsFrom(1, 2)) {
      stale.append(event);
    }
    must(await stale.flush());
    const accepted = await endOf(directory);
    for (const event of eventsFrom(3, 5, ' late')) {
      stale.append(event);
    }
    must(await stale.close());
    await eventually('the late events are seen', seen(5));
    const successor = await openWriter(directory, 2, accepted);
    successor.append(eventAt(3));
    must(await successor.close());
    await eventually('the event that counts replaces them', seen(3));
    assert.deepEqual(events, eventsFrom(1, 3));
    assert.equal(told.filter(({ kind }) => kind === 'whole').length, 2);
  });

  it('is told of a bad line, and of nothing afterwards', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 2));
    await eventually('both events are seen', seen(2));
    appendFileSync(segmentFile(directory, 1), 'x\n');
    await eventually('the failure is told', () => told.at(-1)?.kind === 'failed');
    const last = told.at(-1);
    assert.ok(last?.kind === 'failed' && last.failure.reason === 'bad_line');
    assert.equal(last.failure.line, 4);
    const count = told.length;
    follower.refresh();
    appendFileSync(segmentFile(directory, 1), `${JSON.stringify(eventAt(3))}\n`);
    await new Promise(setImmediate);
    assert.equal(told.length, count);
  });

  it('hears nothing after it was disposed', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 2));
    await eventually('both events are seen', seen(2));
    follower.dispose();
    follower.dispose();
    await writeSegment(directory, 2, eventsFrom(3, 3));
    follower.refresh();
    await new Promise(setImmediate);
    assert.deepEqual(events, eventsFrom(1, 2));
  });
});
