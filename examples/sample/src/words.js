const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/**
 * Splits a text into its words, in order; hyphens and apostrophes inside of a word belong to it.
 *
 * @example words("Don't panic, well-read one!") // ["Don't", "panic", "well-read", "one"]
 */
export function words(text) {
  return text.match(WORD) ?? [];
}

/**
 * Counts the vowel groups of a word, which is close to its syllables. A silent final e is not one.
 *
 * @example syllables('readable') // 3
 */
export function syllables(word) {
  const bare = word.toLowerCase().replace(/(?<=[^aeiouy])e$/, '');
  return Math.max(1, bare.match(/[aeiouy]+/g)?.length ?? 0) + (/[^aeiou]le$/i.test(word) ? 1 : 0);
}
