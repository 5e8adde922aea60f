import assert from 'node:assert/strict';
import { test } from 'node:test';
import { articles } from '../scripts/corpus.js';
import { frequencies, readingEase, sentences, words } from '../src/index.js';

const corpus = [...articles(6000)];

test('the sentences of an article hold all of its words', () => {
  for (const { name, text } of corpus) {
    assert.deepEqual(sentences(text).flatMap(words), words(text), name);
  }
});

test('the frequencies of an article add up to its words', () => {
  for (const { name, text } of corpus) {
    const sum = frequencies(text).reduce((total, [, times]) => total + times, 0);
    assert.equal(sum, words(text).length, name);
  }
});

test('joining sentences makes a text harder to read', () => {
  for (const { name, text } of corpus) {
    const joined = text.replaceAll(/[.?](?= )/g, ',');
    assert.ok(readingEase(joined) < readingEase(text), name);
  }
});

test('the corpus is the same every time', () => {
  assert.deepEqual([...articles(50)], corpus.slice(0, 50));
});
