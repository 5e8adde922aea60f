// Joins src/ into one file, counts the words of the corpus into a word list, and reports sizes.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { frequencies } from '../src/index.js';
import { articles } from './corpus.js';

const dist = new URL('../dist/', import.meta.url);
const modules = ['words', 'sentences', 'frequency', 'readability'];

mkdirSync(dist, { recursive: true });
write('text-stats.js', bundle());
write('word-list.tsv', wordList(20_000));
report(['text-stats.js', 'word-list.tsv']);

function bundle() {
  const parts = modules.map((name) => {
    const text = readFileSync(new URL(`../src/${name}.js`, import.meta.url), 'utf8');
    const body = text.replace(/^import .*\n/gm, '').trim();
    console.log(`joined   src/${name}.js`);
    return `// ${name}\n${body}\n`;
  });
  return parts.join('\n');
}

function wordList(count) {
  const total = new Map();
  let done = 0;
  for (const { text } of articles(count)) {
    for (const [word, times] of frequencies(text)) total.set(word, (total.get(word) ?? 0) + times);
    done += 1;
    if (done % 2000 === 0) console.log(`counted  ${done} of ${count} articles`);
  }
  const rows = [...total].sort(([, m], [, n]) => n - m);
  return rows.map(([word, times]) => `${word}\t${times}\n`).join('');
}

/** Readers never see half a file. */
function write(name, text) {
  const file = new URL(name, dist);
  const temporary = new URL(`${name}.${process.pid}`, dist);
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function report(names) {
  for (const name of names) {
    const bytes = readFileSync(new URL(name, dist));
    const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes, best)];
    const [plain, gzip, brotli] = sizes.map(({ length }) => `${(length / 1024).toFixed(1)} KiB`);
    console.log(`${name}  ${plain}, gzip ${gzip}, brotli ${brotli}`);
  }
}
