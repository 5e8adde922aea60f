import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmpty, total } from '../src/cart.mjs';

test('adds up what is in the cart', () => {
  assert.equal(
    total([
      { price: 250, count: 2 },
      { price: 100, count: 1 },
    ]),
    600,
  );
});

test('takes a discount off', () => {
  assert.equal(total([{ price: 1000, count: 1 }], 0.1), 900);
});

test('knows an empty cart', () => {
  assert.equal(isEmpty([]), true);
});
