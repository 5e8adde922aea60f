import { sentences } from './sentences.js';
import { syllables, words } from './words.js';

/**
 * The Flesch reading ease: about 100 for very easy texts, below 30 for very difficult ones.
 *
 * @example Math.round(readingEase('The cat sat on the mat.')) // 116
 */
export function readingEase(text) {
  const all = words(text);
  if (all.length === 0) return Number.NaN;
  const perSentence = all.length / Math.max(1, sentences(text).length);
  const perWord = all.reduce((sum, word) => sum + syllables(word), 0) / all.length;
  return 206.835 - 1.015 * perSentence - 84.6 * perWord;
}
