import { strict as assert } from 'node:assert';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { EndedEvent, RunnerEvent } from '../../../../src/coordinator/schema/attempt.ts';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { Emitter } from '../../../../src/shared/emitter.ts';
import { attemptFiles } from '../../../../src/store/attempts/attempt-directory.ts';
import { readRunnerEvents } from '../../../../src/store/attempts/event-reader.ts';
import { EventWriter } from '../../../../src/store/attempts/event-writer.ts';
import { followAttempt } from '../../../../src/store/attempts/follow-attempt.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const step = (text: string): RunnerEvent => ({ type: 'step', at: 1, kind: 'says', text });
const ended: EndedEvent = {
  type: 'ended',
  at: 9,
  outcome: {
    failure: null,
    exitCode: 0,
    signal: null,
    durationMs: 8,
    summary: null,
    sessionId: null,
    usage: null,
    edits: [],
    denials: [],
    lastWord: null,
  },
};

describe('a runner’s events', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    path = attemptFiles(directory).events;
  });
  afterEach(() => removeDirectory(directory));

  async function read(from = 0): ReturnType<typeof readRunnerEvents> {
    return readRunnerEvents(directory, from);
  }

  it('are read back in order, each with the offset after its line', async () => {
    const writer = new EventWriter(directory);
    writer.append(step('ä'));
    await writer.end(ended);
    const all = await read();
    assert.ok(all.ok);
    assert.deepEqual(
      all.value.events.map((each) => each.event),
      [step('ä'), ended],
    );
    assert.equal(all.value.offset, readFileSync(path).length);
    const rest = await read(all.value.events[0]?.offset);
    assert.deepEqual(rest.ok && rest.value.events.map((each) => each.event), [ended]);
  });

  it('end with the last word: nothing is written after it', async () => {
    const writer = new EventWriter(directory);
    await writer.end(ended);
    writer.append(step('late'));
    assert.equal(readFileSync(path, 'utf8').trimEnd().split('\n').length, 1);
  });

  it('are never mixed with those of an earlier run of the same attempt', () => {
    writeFileSync(path, '');
    assert.throws(() => new EventWriter(directory), /EEXIST/);
  });

  it('are none while the file does not exist', async () => {
    assert.deepEqual(await read(), { ok: true, value: { events: [], offset: 0 } });
  });

  it('read from a file that was cut at any byte are exactly the complete lines before it', async () => {
    const lines = [step('one'), step('zwö'), ended].map((event) => `${JSON.stringify(event)}\n`);
    const bytes = Buffer.from(lines.join(''));
    const ends = [0, ...lines.map((_, i) => Buffer.byteLength(lines.slice(0, i + 1).join('')))];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length }), async (cut) => {
        writeFileSync(path, bytes.subarray(0, cut));
        const result = await read();
        const complete = ends.filter((end) => end <= cut);
        assert.ok(result.ok);
        assert.equal(result.value.events.length, complete.length - 1);
        assert.equal(result.value.offset, complete.at(-1));
      }),
    );
  });

  it('with a bad line in the middle are a failure that names file and line', async () => {
    writeFileSync(path, `${JSON.stringify(step('a'))}\n{"type":"step"}\n`);
    const first = Buffer.byteLength(`${JSON.stringify(step('a'))}\n`);
    const good = await read();
    assert.deepEqual(good.ok && good.value, {
      events: [{ event: step('a'), offset: first }],
      offset: first,
    });
    const bad = await read(first);
    assert.ok(!bad.ok);
    assert.ok(bad.failure.startsWith(`${path}:2 `), bad.failure);
  });

  it('that became fewer than those already read are a failure', async () => {
    writeFileSync(path, '');
    assert.match(JSON.stringify(await read(10)), /shorter than what was already read/);
  });

  it('are followed in order, exactly once, from where one left off', async () => {
    writeFileSync(path, `${JSON.stringify(step('known'))}\n`);
    const from = readFileSync(path).length;
    const seen: string[] = [];
    const done = new Emitter<string>();
    const ending = new Promise<string>((resolve) => done.subscribe(resolve));
    const follower = followAttempt(
      directory,
      from,
      ({ event }) => {
        if (event.type === 'step') {
          seen.push(event.text);
        }
        if (event.type === 'ended') {
          done.fire('ended');
        }
      },
      (message) => done.fire(message),
    );
    for (let index = 0; index < 50; index += 1) {
      const line = `${JSON.stringify(step(String(index)))}\n`;
      appendFileSync(path, line.slice(0, 7));
      follower.refresh();
      await new Promise((resolve) => setImmediate(resolve));
      appendFileSync(path, line.slice(7));
    }
    appendFileSync(path, `${JSON.stringify(ended)}\n`);
    assert.equal(await ending, 'ended');
    follower.dispose();
    assert.deepEqual(
      seen,
      Array.from({ length: 50 }, (_, index) => String(index)),
    );
  });

  it('are no longer followed after dispose, even from within the listener', async () => {
    writeFileSync(path, `${JSON.stringify(step('a'))}\n`.repeat(3));
    const seen: number[] = [];
    const follower = await new Promise<Disposable & { refresh(): void }>((resolve, reject) => {
      const own = followAttempt(
        directory,
        0,
        ({ offset }) => {
          seen.push(offset);
          own.dispose();
          resolve(own);
        },
        reject,
      );
    });
    appendFileSync(path, `${JSON.stringify(step('b'))}\n`);
    follower.refresh();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(seen.length, 1);
  });

  it('tell the follower once of a bad line, and then nothing more', async () => {
    writeFileSync(path, 'nonsense\n');
    const message = await new Promise<string>((resolve, reject) => {
      followAttempt(directory, 0, () => reject(new Error('an event came')), resolve);
    });
    assert.match(message, /events\.jsonl:1 is not an event/);
  });
});
