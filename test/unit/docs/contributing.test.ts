import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { projectFile, quotedIn, readPage, tableOf } from './page.ts';

const page = readPage('CONTRIBUTING.md');
const rows = tableOf(page, 'to change', 'see (below `src/`)');

/** Paths without a placeholder (`<agent>`), a pattern or only a file's name. */
const isPath = (text: string): boolean => /^[\w./-]+\/[\w./-]*$/.test(text);

describe('CONTRIBUTING.md', () => {
  it('says where to change what, by files that exist', () => {
    const named = rows.flatMap(([, sources, test]) => [
      ...quotedIn(sources)
        .filter(isPath)
        .map((file) => `src/${file}`),
      ...quotedIn(test).filter(isPath),
    ]);
    assert.ok(named.length > rows.length);
    assert.deepEqual(
      named.filter((file) => !existsSync(projectFile(file))),
      [],
    );
  });
});
