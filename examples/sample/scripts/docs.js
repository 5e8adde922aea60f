// Writes dist/docs/api.md from the comments in src/, and runs every example on the way.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { deepStrictEqual } from 'node:assert';
import * as library from '../src/index.js';
import { articles } from './corpus.js';

const source = new URL('../src/', import.meta.url);
const target = new URL('../dist/docs/', import.meta.url);
const ENTRY = /\/\*\*\n((?: \*.*\n)+?) \*\/\nexport function (\w+)\(([^)]*)\)/g;

const entries = readdirSync(source).flatMap((name) => entriesOf(name));
for (const entry of entries) runExample(entry);
mkdirSync(target, { recursive: true });
writeFileSync(new URL('api.md', target), page(entries, table(12_000)));
console.log(`wrote dist/docs/api.md: ${entries.length} functions, every example run`);

function entriesOf(file) {
  const text = readFileSync(new URL(file, source), 'utf8');
  return [...text.matchAll(ENTRY)].map(([, comment, name, parameters]) => {
    const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, ''));
    const example = lines.find((line) => line.startsWith('@example'))?.slice('@example '.length);
    const prose = lines
      .filter((line) => !line.startsWith('@'))
      .join('\n')
      .trim();
    return { name, parameters, prose, example };
  });
}

function runExample({ name, example }) {
  if (example === undefined) throw new Error(`${name} has no example`);
  const [code, expected] = example.split(' // ');
  const run = new Function(...Object.keys(library), `return ${code}`);
  deepStrictEqual(run(...Object.values(library)), JSON.parse(expected), `the example of ${name}`);
  console.log(`ran the example of ${name}`);
}

/** How the statistics are spread over the corpus: the middle and the ends of each. */
function table(count) {
  const measures = {
    words: (text) => library.words(text).length,
    sentences: (text) => library.sentences(text).length,
    'distinct words': (text) => library.frequencies(text).length,
    'reading ease': library.readingEase,
  };
  const values = Object.fromEntries(Object.keys(measures).map((name) => [name, []]));
  let done = 0;
  for (const { text } of articles(count)) {
    for (const [name, measure] of Object.entries(measures)) values[name].push(measure(text));
    done += 1;
    if (done % 1000 === 0) console.log(`measured ${done} of ${count} articles`);
  }
  const rows = Object.entries(values).map(([name, list]) => {
    const sorted = list.sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
    return `| ${name} | ${at(0.05)} | ${at(0.5)} | ${at(0.95)} |`;
  });
  return ['| | 5 % | median | 95 % |', '|---|---|---|---|', ...rows].join('\n');
}

function page(list, statistics) {
  const sections = list.map(
    ({ name, parameters, prose, example }) =>
      `## ${name}(${parameters})\n\n${prose}\n\n    ${example}\n`,
  );
  return `# text-stats\n\n${sections.join('\n')}\n## The corpus\n\n${statistics}\n`;
}
