import { strict as assert } from 'node:assert';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import type { ReadFailure } from '../../../../src/store/journal/journal-failure.ts';
import { readJournal } from '../../../../src/store/journal/journal-reader.ts';
import { segmentFile } from '../../../../src/store/journal/segment-file.ts';
import { skip } from '../../../support/skip.ts';
import {
  endOf,
  eventAt,
  eventsFrom,
  must,
  openWriter,
  PLAN,
  segmentBytes,
  writeSegment,
} from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('reading a journal', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  async function failureOf(): Promise<ReadFailure> {
    const read = await readJournal(directory);
    assert.ok(!read.ok, 'it was read without complaint');
    return read.failure;
  }

  /** Replaces one line (1-based) of a segment. */
  function rewrite(epoch: number, line: number, text: string): void {
    const lines = segmentBytes(directory, epoch).toString('utf8').split('\n');
    lines[line - 1] = text;
    writeFileSync(segmentFile(directory, epoch), lines.join('\n'));
  }

  it('gives back what was written, with the frozen plan', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 5));
    const journal = must(await readJournal(directory));
    assert.deepEqual(journal.events, eventsFrom(1, 5));
    assert.deepEqual(journal.plan, PLAN);
    assert.equal(journal.run, PLAN.run);
    assert.equal(journal.end.length, segmentBytes(directory, 1).length);
  });

  it('cut at any byte gives a prefix of the events and the length of its whole lines', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 6));
    const whole = segmentBytes(directory, 1);
    let last = 0;
    for (let cut = 0; cut <= whole.length; cut += 1) {
      writeFileSync(segmentFile(directory, 1), whole.subarray(0, cut));
      const read = await readJournal(directory);
      if (!read.ok) {
        assert.equal(read.failure.reason, 'not_started', `cut at ${cut}`);
        assert.equal(last, 0, `cut at ${cut}`);
        continue;
      }
      const { events, end } = read.value;
      assert.deepEqual(events, eventsFrom(1, events.length));
      assert.ok(events.length >= last, `cut at ${cut}`);
      last = events.length;
      assert.equal(end.length, whole.subarray(0, cut).lastIndexOf(0x0a) + 1);
    }
    assert.equal(last, 6);
  });

  it('goes on in a new segment after the end of the one before, torn line or not', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    appendFileSync(segmentFile(directory, 1), `{"v":${FORMAT},"seq":4,"at":`);
    await writeSegment(directory, 2, eventsFrom(4, 5));
    await writeSegment(directory, 3, eventsFrom(6, 6));
    const journal = must(await readJournal(directory));
    assert.deepEqual(journal.events, eventsFrom(1, 6));
    assert.deepEqual(
      journal.segments.map(({ epoch }) => epoch),
      [1, 2, 3],
    );
  });

  it('cut at any byte of the second segment still gives a prefix of the events', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    await writeSegment(directory, 2, eventsFrom(4, 6));
    const whole = segmentBytes(directory, 2);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      writeFileSync(segmentFile(directory, 2), whole.subarray(0, cut));
      const { events } = must(await readJournal(directory));
      assert.ok(events.length >= 3 && events.length <= 6);
      assert.deepEqual(events, eventsFrom(1, events.length));
    }
  });

  it('ignores what a stale holder still writes after it was taken over', async () => {
    const stale = await openWriter(directory, 1);
    for (const event of eventsFrom(1, 3)) {
      stale.append(event);
    }
    must(await stale.flush());
    const successor = await openWriter(directory, 2);
    for (const event of eventsFrom(4, 9, ' late')) {
      stale.append(event);
    }
    must(await stale.close());
    for (const event of eventsFrom(4, 5)) {
      successor.append(event);
    }
    must(await successor.close());
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 5));
  });

  it('ignores a segment that was opened but never got its header, and the next holder does too', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    writeFileSync(segmentFile(directory, 2), `{"v":${FORMAT},"segment":{"run":"2026`);
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 3));
    await writeSegment(directory, 3, eventsFrom(4, 4));
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 4));
  });

  it('ignores the segment of a holder that came too late to be accepted', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    const readLongAgo = await endOf(directory);
    await writeSegment(directory, 3, eventsFrom(4, 4));
    const late = await openWriter(directory, 2, readLongAgo);
    for (const event of eventsFrom(4, 6, ' late')) {
      late.append(event);
    }
    must(await late.close());
    assert.deepEqual(must(await readJournal(directory)).events, eventsFrom(1, 4));
  });

  it('of a run that never started says so', async () => {
    assert.equal((await failureOf()).reason, 'not_started');
    must(await (await openWriter(directory, 1)).close());
    assert.equal((await failureOf()).reason, 'not_started');
  });

  const badLines: Record<string, string> = {
    'is not JSON': `{"v":${FORMAT},"seq":3,`,
    'is empty': '',
    'is of an unknown type': `{"v":${FORMAT},"seq":3,"at":1003,"event":{"type":"party"}}`,
    'leaves out a number': JSON.stringify(eventAt(4)),
    'repeats a number': JSON.stringify(eventAt(2)),
    'goes back in time': JSON.stringify({ ...eventAt(3), at: 1 }),
    'has a fact of the wrong type': `{"v":${FORMAT},"seq":3,"at":1003,"event":{"type":"warning"}}`,
  };
  for (const [what, text] of Object.entries(badLines)) {
    it(`stops at a line in the middle that ${what}, names it, and keeps the file`, async () => {
      await writeSegment(directory, 1, eventsFrom(1, 5));
      rewrite(1, 4, text);
      const before = segmentBytes(directory, 1);
      const failure = await failureOf();
      assert.ok(failure.reason === 'bad_line');
      assert.equal(failure.line, 4);
      assert.equal(failure.file, segmentFile(directory, 1));
      assert.ok(failure.message.startsWith(`${failure.file}:4 `), failure.message);
      assert.deepEqual(segmentBytes(directory, 1), before);
    });
  }

  it('names the line in the segment where it is', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    await writeSegment(directory, 2, eventsFrom(4, 6));
    rewrite(2, 3, 'x');
    const failure = await failureOf();
    assert.ok(failure.reason === 'bad_line');
    assert.deepEqual([failure.file, failure.line], [segmentFile(directory, 2), 3]);
  });

  it('refuses a format that it does not know, in the header and in a line', async () => {
    const foreign = FORMAT + 1;
    await writeSegment(directory, 1, eventsFrom(1, 3));
    rewrite(1, 3, JSON.stringify({ ...eventAt(2), v: foreign }));
    assert.equal((await failureOf()).reason, 'foreign_version');
    rewrite(1, 1, JSON.stringify({ v: foreign, segment: { run: 'x' } }));
    const failure = await failureOf();
    assert.equal(failure.reason, 'foreign_version');
    assert.match(failure.message, new RegExp(`format ${foreign}`));
  });

  it('says of an older format that an older version wrote it', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 3));
    rewrite(1, 1, JSON.stringify({ v: FORMAT - 1, segment: { run: 'x' } }));
    const failure = await failureOf();
    assert.equal(failure.reason, 'foreign_version');
    assert.match(failure.message, /was written by an older version of Parallel Groups/);
  });

  describe('whose segments do not fit together', () => {
    beforeEach(async () => {
      await writeSegment(directory, 1, eventsFrom(1, 3));
      await writeSegment(directory, 2, eventsFrom(4, 5));
    });

    function header(changes: object): void {
      const { run, group } = PLAN;
      const segment = { run, group, epoch: 2, previous: { epoch: 1, length: 1 }, ...changes };
      rewrite(2, 1, JSON.stringify({ v: FORMAT, segment }));
    }

    const misfits: Record<string, object> = {
      'accepts more than there is': { previous: { epoch: 1, length: 1_000_000 } },
      'accepts less than the header': { previous: { epoch: 1, length: 0 } },
      'accepts half a line': { previous: { epoch: 1, length: 200 } },
      'goes on from one that is missing': { previous: { epoch: 0, length: 10 } },
      'goes on from itself': { previous: { epoch: 2, length: 10 } },
      'has another epoch than its name': { epoch: 7 },
      'is of another run': { run: 'another' },
      'is of another group': { group: 'another' },
    };
    for (const [what, changes] of Object.entries(misfits)) {
      it(`is refused where one ${what}`, async () => {
        header(changes);
        const failure = await failureOf();
        assert.equal(failure.reason, 'broken_chain');
        assert.ok(failure.message.includes(segmentFile(directory, 2)), failure.message);
      });
    }

    it('is refused where the first became shorter than what was accepted', async () => {
      const first = segmentBytes(directory, 1);
      writeFileSync(segmentFile(directory, 1), first.subarray(0, -1));
      assert.equal((await failureOf()).reason, 'broken_chain');
    });
  });

  it('refuses one that starts another run than its header names', async () => {
    await writeSegment(directory, 1, eventsFrom(1, 2));
    const text = readFileSync(segmentFile(directory, 1), 'utf8');
    const [first = '', ...rest] = text.split('\n');
    const forged = first.replace(PLAN.run, '20990101T000000Z-ffffff');
    writeFileSync(segmentFile(directory, 1), [forged, ...rest].join('\n'));
    assert.equal((await failureOf()).reason, 'bad_line');
  });

  it('is known by its first event: the same for its whole life, another for another plan', async () => {
    const writer = await openWriter(directory, 1);
    const unknown = writer.origin;
    assert.equal(unknown, null);
    writer.append(eventAt(1));
    const { origin } = writer;
    writer.append(eventAt(2));
    must(await writer.close());
    await writeSegment(directory, 2, eventsFrom(3, 3));
    assert.equal(must(await readJournal(directory)).origin, origin);
    rewrite(1, 2, segmentBytes(directory, 1).toString().split('\n')[1]?.replace('T1', 'T9') ?? '');
    assert.notEqual(must(await readJournal(directory)).origin, origin);
  });

  it('does not follow a link, nor take a directory for a journal', async function () {
    const elsewhere = join(directory, 'elsewhere');
    mkdirSync(elsewhere);
    await writeSegment(elsewhere, 1, eventsFrom(1, 2));
    mkdirSync(segmentFile(directory, 2));
    assert.equal((await failureOf()).reason, 'cannot_read');
    if (process.platform === 'win32') {
      skip(this, 'Windows links files only with a privilege');
    }
    const linked = join(directory, 'linked');
    mkdirSync(linked);
    symlinkSync(segmentFile(elsewhere, 1), segmentFile(linked, 1));
    const read = await readJournal(linked);
    assert.equal(read.ok ? 'ok' : read.failure.reason, 'cannot_read');
  });
});
