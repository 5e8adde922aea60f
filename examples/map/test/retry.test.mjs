import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retry } from '../src/retry.mjs';

test('tries again until it succeeds', async () => {
  assert.equal(
    await retry(async (attempt) => (attempt < 3 ? Promise.reject(new Error()) : attempt), 5),
    3,
  );
});

test('gives up in the end', async () => {
  await assert.rejects(
    retry(async () => Promise.reject(new Error('no')), 2),
    /no/,
  );
});
