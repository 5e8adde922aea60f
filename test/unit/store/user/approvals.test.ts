import { strict as assert } from 'node:assert';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalItem } from '../../../../src/coordinator/schema/approval.ts';
import { approve, missingApprovals } from '../../../../src/store/user/approvals.ts';
import { skip } from '../../../support/skip.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const shell = (line: string, label = 'T1'): ApprovalItem => ({
  label,
  origin: 'tasks.md',
  command: { kind: 'shell', line },
  cwd: '.',
  env: {},
});

describe('approvals', () => {
  let storage: string;
  let file: string;
  beforeEach(() => {
    storage = temporaryDirectory();
    file = join(storage, 'approvals.jsonl');
  });
  afterEach(() => removeDirectory(storage));

  async function missing(...items: ApprovalItem[]): Promise<string[]> {
    const result = await missingApprovals(storage, items);
    return result.missing.map(({ item }) => item.label);
  }
  async function warning(): Promise<string | null> {
    return (await missingApprovals(storage, [])).warning;
  }

  it('are missing for everything at first, in the order given', async () => {
    assert.deepEqual(await missing(shell('b', 'T2'), shell('a', 'T1')), ['T2', 'T1']);
    assert.equal(await warning(), null);
  });

  it('hold for what was approved and nothing else, in any later process', async () => {
    must(await approve(storage, [shell('make'), shell('make test', 'T2')], 1));
    assert.deepEqual(await missing(shell('make'), shell('make test', 'T2')), []);
    assert.deepEqual(await missing(shell('make clean', 'T3'), shell('make')), ['T3']);
  });

  it('hold for the same command elsewhere', async () => {
    must(await approve(storage, [shell('make')], 1));
    assert.deepEqual(await missing({ ...shell('make', 'T9'), origin: 'other.md' }), []);
  });

  it('are asked again when the command changes, with what was approved before', async () => {
    must(await approve(storage, [shell('make'), shell('make', 'T2')], 1));
    must(await approve(storage, [shell('make -j2')], 2));
    const { missing: changed } = await missingApprovals(storage, [
      shell('make -j8'),
      shell('make -j8', 'T2'),
      shell('make -j8', 'T3'),
    ]);
    assert.deepEqual(
      changed.map(({ previous }) => previous),
      [{ kind: 'shell', line: 'make -j2' }, { kind: 'shell', line: 'make' }, null],
    );
  });

  it('are not written twice', async () => {
    must(await approve(storage, [shell('make'), shell('make')], 1));
    const before = readFileSync(file, 'utf8');
    must(await approve(storage, [shell('make')], 2));
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.equal(before.split('\n').length, 2);
  });

  it('given by many at once are all kept', async () => {
    const items = Array.from({ length: 30 }, (_, index) => shell(`step ${index}`, `T${index}`));
    const results = await Promise.all(items.map((item) => approve(storage, [item], 1)));
    for (const result of results) {
      must(result);
    }
    assert.deepEqual(await missing(...items), []);
  });

  it('are for this user alone to read', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no permission bits');
    }
    must(await approve(storage, [shell('make')], 1));
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('in a file that is no such file approve nothing, and the file is kept aside', async () => {
    writeFileSync(file, 'garbage\n');
    assert.deepEqual(await missing(shell('make')), ['T1']);
    assert.match((await warning()) ?? '', /approvals\.jsonl cannot be understood \(1 of 1 lines\)/);
    must(await approve(storage, [shell('make')], 5));
    assert.deepEqual(await missing(shell('make')), []);
    assert.equal(await warning(), null);
    assert.equal(readFileSync(`${file}.5.corrupt`, 'utf8'), 'garbage\n');
  });

  it('whose line was forged without its hash, or changed, are lost; the others hold', async () => {
    must(await approve(storage, [shell('make'), shell('make test', 'T2')], 1));
    writeFileSync(file, readFileSync(file, 'utf8').replace('"make test"', '"rm -rf /"'));
    assert.deepEqual(await missing(shell('make'), shell('rm -rf /', 'T2')), ['T2']);
    assert.notEqual(await warning(), null);
  });

  it('torn in the middle of a line lose that line alone', async () => {
    must(await approve(storage, [shell('make')], 1));
    appendFileSync(file, '{"v":1,"hash":"');
    assert.equal(await warning(), null);
    must(await approve(storage, [shell('make test', 'T2')], 2));
    assert.deepEqual(await missing(shell('make'), shell('make test', 'T2')), []);
    assert.ok(readdirSync(storage).includes('approvals.jsonl.2.corrupt'));
  });

  it('that cannot be written are a failure', async () => {
    const result = await approve(join(storage, 'missing'), [shell('make')], 1);
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});
