import { strict as assert } from 'node:assert';
import type { Outcome } from '../../../../src/coordinator/schema/attempt.ts';
import { LiveView } from '../../../../src/runner/terminal/live-view.ts';
import { attemptSpec } from '../../../support/attempts.ts';

const E = String.fromCharCode(27);
const outcome: Outcome = {
  failure: null,
  exitCode: 0,
  signal: null,
  durationMs: 30_000,
  summary: null,
  sessionId: null,
  usage: { inputTokens: 12_400, outputTokens: 1800, costUsd: 0.11 },
  edits: [],
  denials: [],
  lastWord: true,
};

/** A terminal that remembers what was written to it. */
class FakeTerminal {
  readonly isTTY = true;
  columns = 60;
  text = '';
  full = false;
  readonly #listeners: { event: string; listener: () => void }[] = [];

  write(text: string): boolean {
    this.text += text;
    return !this.full;
  }

  once(event: string, listener: () => void): void {
    this.#listeners.push({ event, listener });
  }

  emit(event: string): void {
    for (const each of this.#listeners) {
      if (each.event === event) {
        each.listener();
      }
    }
  }

  get plain(): string[] {
    const marks = new RegExp(`${E}\\[[0-9;]*m|${E}\\]633;[^${String.fromCharCode(7)}]*.`, 'g');
    return this.text.replace(marks, '').trimEnd().split('\n');
  }
}

describe('the view of an attempt in its terminal', () => {
  let terminal: FakeTerminal;
  beforeEach(() => (terminal = new FakeTerminal()));

  const view = (changes = {}, env = {}): LiveView =>
    new LiveView(attemptSpec('/w', { adapter: 'claude', ...changes }), terminal, env);

  it('says that it repairs, where it takes a session up again', () => {
    view({ again: 'repair 1 of 1', attempt: 2, title: 'Add' }).started();
    assert.match(terminal.plain[0] ?? '', /claude · repair 1 of 1$/);
  });

  it('begins with who does what, and ends with how it went', () => {
    const live = view();
    live.started();
    live.ended(outcome);
    assert.deepEqual(terminal.plain, [
      '╭ T1 Create the model · backend-architect · claude · attemp…',
      '╰ completed · 30 s · 12.4k in / 1.8k out · $0.11 · result ✓ permissions ✓',
    ]);
  });

  it('says why it failed and what to do', () => {
    const live = view();
    const failure = {
      reason: 'timeout',
      limitMs: 1,
      message: 'Too slow.',
      remedy: 'Split it.',
    } as const;
    live.ended({ ...outcome, failure, usage: null, lastWord: false });
    assert.deepEqual(terminal.plain.slice(1), ['╰ timed out · 30 s', '  Too slow.', '  Split it.']);
  });

  it('keeps long speech within the width and below a screenful, aligned', () => {
    const live = view();
    live.event({ type: 'step', kind: 'says', text: 'word '.repeat(200) }, Date.now());
    const lines = terminal.plain;
    assert.equal(lines.length, 6);
    assert.match(lines[0] ?? '', /^│ 0:00 {2}says {3}word word/);
    assert.match(lines[1] ?? '', /^│ {14}word word/);
    assert.match(lines[5] ?? '', /…$/);
    for (const line of lines) {
      assert.ok(line.length <= terminal.columns);
    }
  });

  it('marks begin, command and end for VS Code’s shell integration', () => {
    const live = view({ title: 'a;b\\c\nd' });
    live.started();
    live.ended({ ...outcome, failure: { reason: 'protocol', message: 'x' } });
    const codes = terminal.text
      .split(`${E}]633;`)
      .slice(1)
      .map((rest) => rest.split(String.fromCharCode(7))[0]);
    assert.deepEqual(codes, ['A', 'B', 'E;T1 a\\x3bb\\\\c␊d', 'C', 'D;1']);
  });

  it('uses no colours where they are not wanted', () => {
    const live = view({}, { NO_COLOR: '1' });
    live.started();
    live.event({ type: 'step', kind: 'edit', text: 'a.ts' }, Date.now());
    live.ended(outcome);
    assert.equal(terminal.text.includes(`${E}[`), false);
  });

  it('lets the agent wait while the terminal is full, and no longer once it is gone', () => {
    const live = view({ adapter: 'none' });
    live.started();
    terminal.full = true;
    let resumed = 0;
    const output = (): boolean => live.output(Buffer.from('x\n'), 'stdout', () => (resumed += 1));
    assert.equal(output(), false);
    terminal.emit('drain');
    assert.equal(resumed, 1);
    assert.equal(output(), false);
    terminal.emit('error');
    assert.equal(resumed, 2);
    assert.equal(output(), true);
  });
});
