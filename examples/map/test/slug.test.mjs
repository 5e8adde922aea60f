import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slug } from '../src/slug.mjs';

test('joins words by hyphens', () => {
  assert.equal(slug('Hello, World!'), 'hello-world');
});

test('knows letters with marks', () => {
  assert.equal(slug('Crème Brûlée'), 'creme-brulee');
});
