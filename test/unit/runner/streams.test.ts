import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { RunnerEvent } from '../../../src/coordinator/schema/attempt.ts';
import { EventThrottle } from '../../../src/runner/attempt/event-throttle.ts';
import { LineSplitter } from '../../../src/runner/output/line-splitter.ts';
import { OutputLog } from '../../../src/runner/output/output-log.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('lines of a stream', () => {
  function split(chunks: readonly Buffer[], longest?: number): string[] {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line), longest);
    for (const chunk of chunks) {
      splitter.push(chunk);
    }
    splitter.end();
    return lines;
  }

  it('are the same however the stream is cut, also within a character', () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '漢', '😀', '\n', '\r\n'), { maxLength: 30 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (parts, size) => {
        const bytes = Buffer.from(parts.join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const expected = parts.join('').split(/\r?\n/);
        if (expected.at(-1) === '') {
          expected.pop();
        }
        assert.deepEqual(split(chunks), expected);
      }),
    );
  });

  it('that are too long are cut, and the next line is whole', () => {
    assert.deepEqual(split([Buffer.from('123456'), Buffer.from('789\nnext\n')], 4), [
      '1234',
      'next',
    ]);
  });
});

describe('the log of an attempt', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory, 'output.log');
  });
  afterEach(() => removeDirectory(directory));

  function logged(chunks: readonly string[], maxBytes: number): string {
    const log = new OutputLog(path, maxBytes);
    for (const chunk of chunks) {
      log.write(Buffer.from(chunk));
    }
    log.close();
    log.close();
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  it('keeps everything that fits', () => {
    assert.equal(logged(['ab', 'cd', 'ef'], 6), 'abcdef');
    assert.equal(logged(['abcdef'], 6), 'abcdef');
  });

  it('keeps the first and the last half of what does not fit, and says how much is missing', () => {
    const expected = 'abc\n[… 4 bytes of output left out here …]\nxyz';
    assert.equal(logged(['abc1234xyz'], 6), expected);
    assert.equal(logged(Array.from('abc1234xyz'), 6), expected);
    assert.equal(logged(['ab', 'c12', '34xy', 'z'], 6), expected);
  });

  it('never fails where it cannot be written', () => {
    const log = new OutputLog(join(directory, 'none', 'output.log'), 10);
    log.write(Buffer.from('x'));
    log.close();
  });
});

describe('frequent events', () => {
  const step = (text: string): RunnerEvent => ({ type: 'step', at: 0, kind: 'says', text });
  const session: RunnerEvent = { type: 'session', at: 0, id: 's' };
  const textsOf = (events: readonly RunnerEvent[]): string[] =>
    events.map((event) => (event.type === 'step' ? event.text : event.type));

  it('come through at once, and then only the newest of each window', async () => {
    const written: RunnerEvent[] = [];
    const throttle = new EventThrottle((event) => written.push(event), 400);
    for (const text of ['1', '2', '3']) {
      throttle.push(step(text));
    }
    assert.deepEqual(textsOf(written), ['1']);
    while (written.length < 2) {
      await delay(5);
    }
    throttle.push(step('4'));
    assert.deepEqual(textsOf(written), ['1', '3']);
    throttle.dispose();
    assert.deepEqual(textsOf(written), ['1', '3', '4']);
  });

  it('never overtake a rare one, which never waits', () => {
    const written: RunnerEvent[] = [];
    const throttle = new EventThrottle((event) => written.push(event), 60_000);
    throttle.push(step('1'));
    throttle.push(step('2'));
    throttle.push(session);
    throttle.dispose();
    assert.deepEqual(textsOf(written), ['1', '2', 'session']);
  });
});
