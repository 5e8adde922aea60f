import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  adapterSchema,
  type AttemptSpec,
  attemptSpecSchema,
  jobSchema,
  stdinSchema,
} from '../../../../src/coordinator/schema/attempt.ts';
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
/** Strange values, every member of every enumeration of the schema, and near misses of them. */
const members = [
  ...adapterSchema.options,
  ...stdinSchema.options,
  ...jobSchema.options,
  'shell',
  'argv',
];
const values = [...odd, ...members, ...members.map((member) => `${member}x`)];
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
        for (const value of values) {
          const candidate = changed(spec, place, value);
          const expected = attemptSpecSchema.safeParse(candidate).success;
          const what = `${place.join('.')} = ${JSON.stringify(value)}`;
          assert.equal(isAttemptSpec(candidate), expected, what);
        }
      }
    }
  });

  it('agrees with the schema on any specification of its form', () => {
    const oneOf = (options: readonly string[]): fc.Arbitrary<unknown> =>
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...options) }, fc.string());
    const count = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1 }) }, fc.double());
    const form = fc.record({
      adapter: oneOf(adapterSchema.options),
      stdin: oneOf(stdinSchema.options),
      job: oneOf(jobSchema.options),
      attempt: count,
      epoch: count,
      env: fc.dictionary(
        fc.string(),
        fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.anything()),
      ),
      command: fc.oneof(
        fc.record({ kind: oneOf(['argv']), argv: fc.array(fc.string()) }),
        fc.record({ kind: oneOf(['shell']), line: fc.string() }),
      ),
    });
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...valid), form, (spec, changes) => {
        const candidate = { ...spec, ...changes };
        const expected = attemptSpecSchema.safeParse(candidate).success;
        accepted += expected ? 1 : 0;
        assert.equal(isAttemptSpec(candidate), expected, JSON.stringify(candidate));
      }),
      { numRuns: 500 },
    );
    assert.ok(accepted > 20, `only ${accepted} were accepted`);
  });

  it('agrees with the schema on any other value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.equal(isAttemptSpec(value), attemptSpecSchema.safeParse(value).success);
      }),
    );
  });
});
