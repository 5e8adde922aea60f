import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../src/convert.js';

test('there and back is where one began', () => {
  for (const [from, to] of [
    ['C', 'F'],
    ['km', 'mi'],
    ['kg', 'lb'],
  ]) {
    assert.ok(Math.abs(convert(convert(12.5, from, to), to, from) - 12.5) < 1e-9);
  }
});

test('units of different kinds are refused', () => {
  assert.throws(() => convert(1, 'kg', 'km'), RangeError);
});
