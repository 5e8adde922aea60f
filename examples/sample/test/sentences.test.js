import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from '../src/index.js';

test('sentences end at a full stop, a question mark or an exclamation mark', () => {
  assert.deepEqual(sentences('One. Two? Three!'), ['One.', 'Two?', 'Three!']);
});

test('an abbreviation does not end a sentence', () => {
  assert.deepEqual(sentences('Dr. Who left. Why?'), ['Dr. Who left.', 'Why?']);
});

test('what has no end is a sentence too', () => {
  assert.deepEqual(sentences('No end'), ['No end']);
});
