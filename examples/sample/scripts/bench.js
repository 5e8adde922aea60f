// How many characters a second each function of the built file reads: the best of some rounds.
import { mkdirSync, writeFileSync } from 'node:fs';
import { articles } from './corpus.js';

const rounds = 25;
const texts = [...articles(600, 31)].map(({ text }) => text);
const characters = texts.reduce((sum, text) => sum + text.length, 0);
const library = await import(new URL('../dist/text-stats.js', import.meta.url).href);

const results = Object.entries(library).map(([name, read]) => {
  const seconds = Math.min(...Array.from({ length: rounds }, () => time(read)));
  const speed = characters / seconds / 1e6;
  console.log(`${name.padEnd(12)} ${speed.toFixed(1).padStart(8)} million characters a second`);
  return { name, charactersPerSecond: Math.round(speed * 1e6) };
});
mkdirSync(new URL('../dist/', import.meta.url), { recursive: true });
const file = new URL('../dist/bench.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);

function time(read) {
  const started = performance.now();
  for (const text of texts) read(text);
  return (performance.now() - started) / 1000;
}
