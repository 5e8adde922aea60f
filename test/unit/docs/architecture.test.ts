import { strict as assert } from 'node:assert';
import { existsSync, readdirSync } from 'node:fs';
import { ARCHITECTURE, folderList, withFolderList } from '../../../tools/docs/folder-list.ts';
import { projectFile, quotedIn, readPage, tableOf } from './page.ts';

describe('docs/architecture.md', () => {
  const page = readPage('docs/architecture.md');

  it('names every room of src', () => {
    const rooms = tableOf(page, 'room', 'what it contains').map(([room]) => quotedIn(room)[0]);
    const folders = readdirSync(projectFile('src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(rooms.toSorted(), ['extension.ts', ...folders].toSorted());
  });

  it('lists the folders of every room as tools/layers states them', () => {
    const written = withFolderList(page, folderList());
    assert.ok(page === written, `${ARCHITECTURE} is out of date: run npm run folders`);
  });

  it('explains terms of files that exist', () => {
    const rows = tableOf(page, 'term', 'meaning', 'file');
    const missing = rows.flatMap(([, , file]) => quotedIn(file)).filter(isMissing);
    assert.ok(rows.length > 30);
    assert.deepEqual(missing, []);
  });

  it('names files that exist where it tells the life of a run', () => {
    const [, life = ''] = page.split('## The life of a run');
    const paths = quotedIn(life.split('\n## ')[0]).filter((name) => /^[a-z].*\/.+\.ts$/.test(name));
    assert.ok(paths.length > 10);
    assert.deepEqual(
      paths.filter((path) => isMissing(`src/${path}`)),
      [],
    );
  });
});

function isMissing(path: string): boolean {
  return !existsSync(projectFile(path));
}
