// A corpus that is the same on every machine: articles of made-up words, frequent ones and rare
// ones as in real languages.

const ONSETS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const CODAS = ['', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'st'];

/** Numbers from 0 up to 1, the same ones for the same seed (a linear congruential generator). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The `size` words that the corpus is made of; the first ones are the most frequent. */
export function vocabulary(size = 4000, seed = 7) {
  const next = numbers(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const found = new Set();
  while (found.size < size) {
    const length = 1 + Math.floor(next() * 3);
    const syllable = () => pick(ONSETS) + pick(VOWELS) + pick(CODAS);
    found.add(Array.from({ length }, syllable).join(''));
  }
  return [...found];
}

/** `count` articles, one after another, so that nobody needs to hold them all. */
export function* articles(count, seed = 11) {
  const next = numbers(seed);
  const list = vocabulary();
  // Squaring a uniform number makes small indices, the frequent words, more likely.
  const word = () => list[Math.floor(next() ** 3 * list.length)];
  for (let index = 0; index < count; index += 1) {
    const length = 20 + Math.floor(next() * 20);
    const text = Array.from({ length }, () => sentence(next, word)).join(' ');
    yield { name: `article-${String(index + 1).padStart(5, '0')}`, text };
  }
}

function sentence(next, word) {
  const length = 4 + Math.floor(next() * 16);
  const text = Array.from({ length }, word).join(' ');
  return text[0].toUpperCase() + text.slice(1) + (next() < 0.1 ? '?' : '.');
}
