// Rules for the sources, then a spelling check of the corpus. Ends with 1 when something is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { words } from '../src/index.js';
import { articles, vocabulary } from './corpus.js';

const rules = [
  { name: 'no-var', pattern: /^\s*var\s/, message: 'use const or let' },
  { name: 'max-length', pattern: /^.{101,}$/, message: 'at most 100 characters a line' },
  { name: 'no-trailing-space', pattern: /\s+$/, message: 'blanks at the end of the line' },
  // Written so that it does not find itself.
  { name: 'strict-equality', pattern: /[^=!]={2}[^=]|\x21=[^=]/, message: 'use === or !==' },
  { name: 'import-extension', pattern: /from '\.[^']*(?<!\.js)'/, message: 'name the .js file' },
];

let problems = 0;
for (const folder of ['src', 'scripts', 'test']) problems += lintFolder(folder);
problems += checkSpelling(40_000);
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

function lintFolder(folder) {
  const place = new URL(`../${folder}/`, import.meta.url);
  const names = readdirSync(place).filter((name) => name.endsWith('.js'));
  let found = 0;
  for (const name of names) {
    const lines = readFileSync(new URL(name, place), 'utf8').split('\n');
    const where = (index) => `${folder}/${name}:${index + 1}`;
    for (const [index, line] of lines.entries()) {
      for (const rule of rules.filter(({ pattern }) => pattern.test(line))) {
        console.log(`${where(index)}  ${rule.name}: ${rule.message}`);
        found += 1;
      }
      if (folder === 'src' && /^export function/.test(line) && lines[index - 1] !== ' */') {
        console.log(`${where(index)}  documented: say what it is for`);
        found += 1;
      }
    }
  }
  console.log(`linted ${names.length} files of ${folder}/ against ${rules.length} rules`);
  return found;
}

/** Looks every word up by the names of its neighbours, as a checker that suggests words does. */
function checkSpelling(count) {
  const known = new Set(vocabulary());
  const suggestions = new Map();
  let unknown = 0;
  let done = 0;
  for (const { name, text } of articles(count)) {
    for (const word of words(text.toLowerCase())) {
      if (!known.has(word)) {
        console.log(`${name}  unknown word "${word}"`);
        unknown += 1;
      } else if (!suggestions.has(word)) {
        suggestions.set(word, neighbours(word, known));
      }
    }
    done += 1;
    if (done % 4000 === 0) console.log(`checked the spelling of ${done} of ${count} articles`);
  }
  const confusable = [...suggestions.values()].filter((list) => list.length > 0).length;
  console.log(`${suggestions.size} words, ${confusable} of them one letter from another one`);
  return unknown;
}

/** The known words that differ in one letter: replaced, left out, or added. */
function neighbours(word, known) {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const found = new Set();
  for (let index = 0; index <= word.length; index += 1) {
    const before = word.slice(0, index);
    const edits = [before + word.slice(index + 1)];
    for (const letter of letters) {
      edits.push(before + letter + word.slice(index), before + letter + word.slice(index + 1));
    }
    for (const edit of edits) if (edit !== word && known.has(edit)) found.add(edit);
  }
  return [...found];
}
