export { frequencies } from './frequency.js';
export { readingEase } from './readability.js';
export { sentences } from './sentences.js';
export { syllables, words } from './words.js';
