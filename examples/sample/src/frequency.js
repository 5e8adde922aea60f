import { words } from './words.js';

/**
 * Counts how often each word occurs, without regard to case; the most frequent first, ties by name.
 *
 * @example frequencies('a rose is a rose') // [["a", 2], ["rose", 2], ["is", 1]]
 */
export function frequencies(text) {
  const counts = new Map();
  for (const word of words(text)) {
    const key = word.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
