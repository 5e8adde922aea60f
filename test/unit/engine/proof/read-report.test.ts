import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport } from '../../../../src/engine/proof/read-report.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const SINCE = Date.UTC(2026, 0, 2);
const xml = (...names: string[]): string =>
  `<testsuite name="s">${names.map((name) => `<testcase name="${name}"/>`).join('')}</testsuite>`;

describe('the report of a run of tests', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
    mkdirSync(join(root, 'work', 'reports'), { recursive: true });
  });
  afterEach(() => removeDirectory(root));

  /** Writes a file of the workspace, so many seconds after the start of the run. */
  function write(name: string, text: string, seconds = 5): void {
    const path = join(root, 'work', name);
    writeFileSync(path, text);
    utimesSync(path, SINCE / 1000 + seconds, SINCE / 1000 + seconds);
  }

  async function passed(places: readonly string[], output = ''): Promise<number | null> {
    const workspaceRoot = join(root, 'work');
    const report = await readReport({ workspaceRoot, places, since: SINCE, output, parser: 'npm' });
    return report?.kind === 'counts' ? report.passed : null;
  }

  it('is in the file that its command names, before what was printed', async () => {
    write('report.xml', xml('a', 'b'));
    assert.equal(await passed(['report.xml'], xml('a', 'b', 'c')), 2);
  });

  it('is in all files of a folder together', async () => {
    write('reports/TEST-a.xml', xml('a', 'b'));
    write('reports/TEST-b.xml', xml('c'));
    write('reports/notes.txt', xml('d'));
    assert.equal(await passed(['reports']), 3);
  });

  it('is in what was printed, where the file is older than the run, or missing', async () => {
    write('report.xml', xml('a', 'b'), -60);
    assert.equal(await passed(['report.xml', 'missing.xml'], `> test\n${xml('a')}\n`), 1);
    assert.equal(await passed([], '  3 passing (5ms)\n'), 3);
    assert.equal(await passed([], 'nothing'), null);
  });

  it('is in no file outside of the workspace, nor behind a link', async () => {
    writeFileSync(join(root, 'outside.xml'), xml('a'));
    symlinkSync(join(root, 'outside.xml'), join(root, 'work', 'link.xml'));
    assert.equal(await passed(['../outside.xml', join(root, 'outside.xml'), 'link.xml']), null);
  });
});
