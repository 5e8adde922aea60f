import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = read('docs/background-tests.md');
/** What the background documents count: tests of the page's sections. */
const COUNTS: Readonly<Record<string, number>> = {
  'Agent coordinator (20)': 20,
  'Parallel group coordinator (32)': 32,
  'Parallel processing (2)': 2,
};

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
}

function exists(path: string): boolean {
  return existsSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)));
}

/** Every test that a part of the page names. */
function namedIn(text: string): { title: string; file: string }[] {
  return [...text.matchAll(/`([^`]+)` \(`(test\/[^`]+)`\)/g)].map(([, title = '', file = '']) => ({
    title,
    file,
  }));
}

/** Whether a file has a test of that title, or a template that makes it from words that stand in the file too. */
function hasTest(file: string, title: string): boolean {
  const source = read(file);
  const titles = [...source.matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1/g)];
  const named = titles.some(([, , written = '']) => {
    const parts = written.replaceAll(/\\(.)/g, '$1').split(/\$\{[^}]*\}/);
    const pattern = parts
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('(.+)');
    const found = new RegExp(`^${pattern}$`, 's').exec(title);
    return found?.slice(1).every((words) => inTable(source, words)) === true;
  });
  // A table may hold the whole title.
  return named || (/\bit\((?:title|what|name)\b/.test(source) && source.includes(`'${title}'`));
}

/** A case of a table: as it stands, or one word after the other. */
function inTable(source: string, words: string): boolean {
  return source.includes(words) || words.split(', ').every((word) => source.includes(`'${word}'`));
}

describe('the page of the tests that the background documents list', () => {
  for (const { title, file } of namedIn(page)) {
    it(`names a test of ${file}: ${title}`, () => {
      assert.ok(exists(file), `there is no ${file}`);
      assert.ok(hasTest(file, title), `${file} has no test “${title}”`);
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

  it('notices a title that is not there', () => {
    assert.equal(
      hasTest('test/unit/tools/background-tests.test.ts', 'says what is not said'),
      false,
    );
    assert.equal(
      hasTest('test/unit/coordinator/plan/subagents.test.ts', 'for “Add the API” is a plumber'),
      false,
    );
  });
});
