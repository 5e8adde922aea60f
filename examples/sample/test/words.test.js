import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syllables, words } from '../src/index.js';

test('words keep their hyphens and apostrophes', () => {
  assert.deepEqual(words("Don't panic, well-read one!"), ["Don't", 'panic', 'well-read', 'one']);
});

test('words of any script are found', () => {
  assert.deepEqual(words('Über uns — 東京 2026'), ['Über', 'uns', '東京', '2026']);
});

test('a text without words has none', () => {
  assert.deepEqual(words(' … !'), []);
});

test('a silent e is no syllable', () => {
  assert.deepEqual(['name', 'table', 'readable', 'rhythm'].map(syllables), [1, 2, 3, 1]);
});
