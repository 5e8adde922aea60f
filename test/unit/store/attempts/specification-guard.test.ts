import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type AttemptSpec, attemptSpecSchema } from '../../../../src/coordinator/schema/attempt.ts';
import { isAttemptSpec } from '../../../../src/store/attempts/specification-guard.ts';
import { attemptSpec } from '../../../support/attempts.ts';

const odd = [undefined, null, '', 'x', 0, 1, -1, 1.5, Number.NaN, 2 ** 60, true, [], [''], {}];
const valid: readonly AttemptSpec[] = [
  attemptSpec('/w'),
  attemptSpec('/w', { command: { kind: 'shell', line: 'npm test' }, job: 'tests', task: null }),
  attemptSpec('/w', { adapter: 'claude', stdin: 'prompt', env: { A: 'b', EMPTY: '' } }),
  attemptSpec('/w', { again: 'repair 1 of 1' }),
  attemptSpec('/w', { baseline: { inputTokens: 10, outputTokens: 2, costUsd: 0.5 } }),
];
/** Every place in a specification, as the names that lead there. */
const places: readonly (readonly string[])[] = [
  ...Object.keys(attemptSpecSchema.shape).map((name) => [name]),
  ['command', 'kind'],
  ['command', 'argv'],
  ['command', 'argv', '0'],
  ['command', 'line'],
  ['env', 'A'],
  ['limits', 'timeoutMs'],
  ['limits', 'graceMs'],
  ['limits', 'maxLogBytes'],
  ['baseline', 'inputTokens'],
  ['baseline', 'outputTokens'],
  ['baseline', 'costUsd'],
];

function changed(spec: AttemptSpec, [first = '', ...rest]: readonly string[], to: unknown): object {
  const value: unknown = Reflect.get(spec, first);
  if (rest.length === 0) {
    return { ...spec, [first]: to };
  }
  const inner = structuredClone(value);
  let holder: unknown = inner;
  for (const name of rest.slice(0, -1)) {
    holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
  }
  if (typeof holder === 'object' && holder !== null) {
    Reflect.set(holder, rest.at(-1) ?? '', to);
  }
  return { ...spec, [first]: inner };
}

describe('the runner’s check of a specification', () => {
  it('accepts what the schema accepts', () => {
    for (const spec of valid) {
      assert.equal(isAttemptSpec(spec), true);
    }
  });

  it('accepts and refuses exactly what the schema does, whatever stands in any one place', () => {
    for (const spec of valid) {
      for (const place of places) {
        for (const value of [...odd, 'shell', 'argv', 'task', 'claude', 'prompt']) {
          const candidate = changed(spec, place, value);
          const expected = attemptSpecSchema.safeParse(candidate).success;
          const what = `${place.join('.')} = ${JSON.stringify(value)}`;
          assert.equal(isAttemptSpec(candidate), expected, what);
        }
      }
    }
  });

  it('agrees with the schema on any other value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.equal(isAttemptSpec(value), attemptSpecSchema.safeParse(value).success);
      }),
    );
  });
});
