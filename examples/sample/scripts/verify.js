// Proves that the built file does what the sources do, article by article.
import { deepStrictEqual } from 'node:assert';
import * as source from '../src/index.js';
import { articles } from './corpus.js';

const count = 8000;
const built = await import(new URL('../dist/text-stats.js', import.meta.url).href);
const names = Object.keys(source);

let done = 0;
for (const { name, text } of articles(count, 23)) {
  for (const key of names)
    deepStrictEqual(built[key](text), source[key](text), `${key} of ${name}`);
  done += 1;
  if (done % 1000 === 0) console.log(`compared ${done} of ${count} articles`);
}
console.log(`dist/text-stats.js answers as src/ does: ${names.join(', ')}`);
