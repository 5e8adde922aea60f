import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvidenceCollector } from '../../../../src/engine/proof/collect-evidence.ts';
import { taskChanges } from '../../../../src/engine/steering/task-changes.ts';
import { committedText } from '../../../../src/verification/git/committed-file.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('what a task changed so far', () => {
  let folder: string;
  let root: string;
  let attempt: string;
  const record = { attempt: 1, outcome: null, changedFiles: [] };
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const namesFile = (file: string): void => {
    const step = { type: 'step', at: 1, kind: 'edit', text: file, file };
    writeFileSync(join(attempt, 'events.jsonl'), `${JSON.stringify(step)}\n`, { flag: 'a' });
  };

  beforeEach(async () => {
    folder = temporaryDirectory();
    root = join(folder, 'workspace');
    attempt = join(folder, 'attempts', '1');
    mkdirSync(root);
    mkdirSync(attempt, { recursive: true });
    git('init', '-q');
    for (const name of ['a', 'b', 'dirty']) {
      write(name, `${name}\n`);
    }
    git('add', '-A');
    git('-c', 'user.name=T', '-c', 'user.email=t@example.invalid', 'commit', '-qm', 'x');
    write('dirty', 'by somebody before\n');
    await new EvidenceCollector(root, []).before(attempt);
  });
  afterEach(() => removeDirectory(folder));

  it('is what its agent named and what differs from before, with the commit of then', async () => {
    for (const name of ['a', 'dirty', 'new', 'of-others']) {
      write(name, 'changed\n');
    }
    for (const name of ['a', 'b', join(root, 'new'), 'dirty']) {
      namesFile(name);
    }
    const changes = await taskChanges(root, record, attempt);
    assert.deepEqual(changes, {
      commit: git('rev-parse', 'HEAD'),
      files: ['a', 'dirty', 'new'],
      dirty: ['dirty'],
      whose: 'named',
    });
    assert.equal(await committedText(root, changes.commit, 'a'), 'a\n');
    assert.equal(await committedText(root, changes.commit, 'new'), '');
    assert.equal(await committedText(root, '--output=x', 'a'), '');
  });

  it('is everybody’s where its agent named nothing', async () => {
    write('of-others', 'changed\n');
    const changes = await taskChanges(root, record, attempt);
    assert.deepEqual(changes?.files, ['of-others']);
    assert.equal(changes.whose, 'all');
  });

  it('is not known where nobody looked before', async () => {
    assert.equal(await taskChanges(root, record, join(folder, 'attempts', 'x', '1')), null);
  });
});
