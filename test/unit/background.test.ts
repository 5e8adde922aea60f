import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = 'test/background.md';
const page = read(PAGE);
/** How many tests a background document counts, by the section of the page. */
const COUNTS: Readonly<Record<string, number>> = {
  'Agent coordinator (20)': 20,
  'Parallel group coordinator (32)': 32,
  'Parallel processing (2)': 2,
};

function pathOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

function read(path: string): string {
  return readFileSync(pathOf(path), 'utf8');
}

/** Every test that a part of the page names. */
function namedIn(text: string): { title: string; file: string }[] {
  return [...text.matchAll(/`([^`]+)` \(`(test\/[^`]+)`\)/g)].map(([, title = '', file = '']) => ({
    title,
    file,
  }));
}

/** The titles that a file writes after `it(`, templates included. */
function titlesOf(source: string): string[] {
  return [...source.matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1/g)].map(([, , title = '']) =>
    title.replaceAll(/\\(.)/g, '$1'),
  );
}

/** Whether a file has a test of that title, or a template that makes it from words of the file. */
function hasTest(source: string, title: string): boolean {
  const isNamed = titlesOf(source).some((written) => {
    const pattern = written
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('(.+)');
    const found = new RegExp(`^${pattern}$`, 's').exec(title);
    return found?.slice(1).every((words) => inTable(source, words)) === true;
  });
  // A table can contain the whole title.
  return isNamed || (/\bit\((?:title|what|name)\b/.test(source) && source.includes(`'${title}'`));
}

/** A case of a table: as it stands, or one word after the other. */
function inTable(source: string, words: string): boolean {
  return source.includes(words) || words.split(', ').every((word) => source.includes(`'${word}'`));
}

/** The title of the file that shares most words with `title`. */
function mostSimilar(source: string, title: string): string {
  const words = new Set(title.split(' '));
  const shared = (other: string): number =>
    other.split(' ').filter((word) => words.has(word)).length;
  return titlesOf(source).reduce((best, next) => (shared(next) > shared(best) ? next : best), '');
}

describe(PAGE, () => {
  for (const { title, file } of namedIn(page)) {
    it(`names a test of ${file}: ${title}`, () => {
      assert.ok(existsSync(pathOf(file)), `There is no ${file}. Correct the path in ${PAGE}.`);
      const source = read(file);
      assert.ok(
        hasTest(source, title),
        `${file} has no test “${title}”. The most similar one is “${mostSimilar(source, title)}”. ` +
          `If it was renamed, correct ${PAGE}.`,
      );
    });
  }

  for (const [heading, count] of Object.entries(COUNTS)) {
    it(`has as many lines as the document has tests: ${heading}`, () => {
      const [, section = ''] = page.split(`## ${heading}`);
      const [own = ''] = section.split('\n## ');
      const rows = own
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .slice(2);
      assert.equal(rows.length, count);
      assert.deepEqual(
        rows.filter((row) => namedIn(row).length === 0),
        [],
      );
    });
  }

  it('notices a title that does not exist', () => {
    const source = `it('waits for a lock', () => {}); it(\`takes \${kind}\`, () => {}); ['bread']`;
    assert.equal(hasTest(source, 'waits for a lock'), true);
    assert.equal(hasTest(source, 'takes bread'), true);
    assert.equal(hasTest(source, 'takes water'), false);
    assert.equal(hasTest(source, 'waits for a file'), false);
    assert.equal(mostSimilar(source, 'waits for the lock'), 'waits for a lock');
  });
});
