import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LatencySketch } from '../../../../src/coordinator/metrics/latency-sketch.ts';

/** By definition: the smallest value that the part `q` of all does not exceed. */
function exact(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch();
  for (const value of values) {
    sketch.add(value);
  }
  return sketch;
}

const durations = fc.array(fc.integer({ min: 1, max: 30 * 24 * 3_600_000 }), { minLength: 1 });
const quantile = fc.constantFrom(0, 0.5, 0.95, 0.99, 1);

describe('global job context: latency by quantile', () => {
  it('is within 1 % of the exact one, whatever the durations', () => {
    fc.assert(
      fc.property(durations, quantile, (values, q) => {
        const wanted = exact(values, q);
        const found = sketchOf(values).quantile(q) ?? NaN;
        assert.ok(Math.abs(found - wanted) <= wanted * 0.0100001, `${found} for ${wanted}`);
      }),
    );
  });

  it('is the same whether durations are counted together or put together later', () => {
    fc.assert(
      fc.property(durations, durations, quantile, (some, others, q) => {
        const merged = sketchOf(some);
        merged.merge(sketchOf(others));
        const whole = sketchOf([...some, ...others]);
        assert.equal(merged.quantile(q), whole.quantile(q));
        assert.equal(merged.count, whole.count);
      }),
    );
  });

  it('is none before anything was counted, and is exact for one duration', () => {
    assert.equal(new LatencySketch().quantile(0.5), null);
    assert.equal(sketchOf([1234]).quantile(0.95), 1234);
    assert.equal(sketchOf([0]).quantile(0.5), 1);
  });
});
