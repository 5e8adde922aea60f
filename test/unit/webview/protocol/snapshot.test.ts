import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/shared/failure.ts';
import { isPanelSnapshot } from '../../../../src/webview/protocol/snapshot.ts';
import { SAMPLES } from '../../../support/webview/samples.ts';
import {
  endedRun,
  groupView,
  snapshotOf,
  taskView,
  testsView,
} from '../../../support/webview/views.ts';

/** Members that may be absent. */
const OPTIONAL = new Set(['remedy', 'retryAfterMs']);

/** Every copy of `value` from which one member, at any depth, was taken out or replaced by `wrong`. */
function* damaged(
  value: unknown,
  wrong: unknown,
): Generator<readonly [path: string, copy: unknown]> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const put = (next: unknown): unknown =>
      Array.isArray(value)
        ? value.map((each: unknown, place) => (String(place) === name ? next : each))
        : { ...value, [name]: next };
    if (!OPTIONAL.has(name) || wrong !== undefined) {
      yield [name, put(wrong)];
    }
    for (const [path, copy] of damaged(member, wrong)) {
      yield [`${name}.${path}`, put(copy)];
    }
  }
}

function failedWith(failure: Failure): unknown {
  const task = taskView('T001', { status: 'failed', appearance: 'failed', failure });
  return snapshotOf(groupView([task]), 0);
}

describe('a message to the panel', () => {
  for (const [name, snapshot] of Object.entries(SAMPLES)) {
    it(`is drawn when it is a whole snapshot (${name})`, () => {
      const received: unknown = JSON.parse(JSON.stringify(snapshot));
      assert.equal(isPanelSnapshot(received), true);
    });

    it(`is left alone when any member is missing (${name})`, () => {
      const accepted = [...damaged(snapshot, undefined)].filter(([, copy]) =>
        isPanelSnapshot(copy),
      );
      assert.deepEqual(
        accepted.map(([path]) => path),
        [],
      );
    });

    it(`is left alone when any member is of a wrong kind (${name})`, () => {
      const wrong = Symbol('neither text, number, truth, list nor object');
      const accepted = [...damaged(snapshot, wrong)].filter(([, copy]) => isPanelSnapshot(copy));
      assert.deepEqual(
        accepted.map(([path]) => path),
        [],
      );
    });
  }

  it('is left alone when it is nothing of ours', () => {
    const others = [
      null,
      undefined,
      'snapshot',
      7,
      [],
      {},
      { type: 'snapshot' },
      { type: 'ready' },
    ];
    assert.deepEqual(
      others.map((other) => isPanelSnapshot(other)),
      others.map(() => false),
    );
  });

  it('is left alone when a time is no number to reckon with', () => {
    const snapshot = snapshotOf(null, 0);
    assert.equal(isPanelSnapshot({ ...snapshot, now: Number.NaN }), false);
    assert.equal(isPanelSnapshot({ ...snapshot, now: '1' }), false);
  });

  it('is left alone when a word is not one that we have an icon or a title for', () => {
    const snapshot = snapshotOf(groupView([taskView('T001')]), 0);
    const withTask = (changes: object): unknown => ({
      ...snapshot,
      group: { ...snapshot.group, tasks: [{ ...taskView('T001'), ...changes }] },
    });
    assert.equal(isPanelSnapshot(withTask({})), true);
    assert.equal(isPanelSnapshot(withTask({ appearance: 'dancing' })), false);
    // A name that every object has, but no appearance has.
    assert.equal(isPanelSnapshot(withTask({ appearance: 'toString' })), false);
    assert.equal(isPanelSnapshot(withTask({ status: 'done' })), false);
  });

  it('carries what each reason of failure promises', () => {
    const message = 'It failed.';
    const whole: readonly Failure[] = [
      { reason: 'exit', exitCode: 2, message },
      { reason: 'signal', signal: 'SIGKILL', message },
      { reason: 'timeout', limitMs: 1000, message },
      { reason: 'throttled', message },
      { reason: 'throttled', retryAfterMs: 20_000, message },
      { reason: 'denied', denials: ['Bash(npm install)'], message },
      { reason: 'interrupted', message, remedy: 'Run it again.' },
    ];
    assert.deepEqual(
      whole.map((failure) => isPanelSnapshot(failedWith(failure))),
      whole.map(() => true),
    );
    for (const { reason } of whole.filter(
      (each) => !['throttled', 'interrupted'].includes(each.reason),
    )) {
      const bare: unknown = JSON.parse(
        JSON.stringify(failedWith({ reason: 'protocol', message })).replace(
          '"protocol"',
          `"${reason}"`,
        ),
      );
      assert.equal(isPanelSnapshot(bare), false, reason);
    }
  });

  it('may hold both results of the test suite', () => {
    const run = endedRun(60, { baseline: testsView(), tests: testsView({ total: null }) });
    assert.equal(isPanelSnapshot(snapshotOf(groupView([], { run }), 90)), true);
  });
});
