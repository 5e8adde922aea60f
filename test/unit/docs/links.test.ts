import { strict as assert } from 'node:assert';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectFile, readPage } from './page.ts';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(projectFile('docs')).map((name) => `docs/${name}`),
];

describe('links of the documentation', () => {
  for (const page of PAGES) {
    it(`lead to files and headings that exist: ${page}`, () => {
      assert.deepEqual(
        linksOf(page).filter((link) => !leadsSomewhere(page, link)),
        [],
      );
    });
  }

  it('reach every page of docs from the README', () => {
    const linked = new Set(linksOf('README.md').map((link) => link.split('#')[0]));
    assert.deepEqual(
      PAGES.filter((page) => page.startsWith('docs/') && !linked.has(page)),
      [],
    );
  });
});

/** Targets of the links of a page, without those to other sites. */
function linksOf(page: string): string[] {
  return [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  return (
    existsSync(projectFile(target)) &&
    (heading === undefined || headingsOf(target).includes(heading))
  );
}

/** The headings of a page as GitHub names them in addresses. */
function headingsOf(page: string): string[] {
  return readPage(page)
    .split('\n')
    .filter((line) => /^#{1,6} /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    );
}
