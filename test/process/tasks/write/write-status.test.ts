import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { sha256Hex } from '../../../../src/system/hash.ts';
import type { ClosingStatus } from '../../../../src/tasks/format/format.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { writeTaskStatus } from '../../../../src/tasks/write/write-status.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('writing a status back', () => {
  let root: string;
  const put = (path: string, content: string | Uint8Array) => {
    writeFileSync(join(root, path), content);
  };
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (
    source: string,
    id: string,
    fingerprint: string,
    status: ClosingStatus = 'completed',
  ) =>
    writeTaskStatus({
      workspaceRoot: root,
      file: source,
      task: { source: asSourceId(source), id, fingerprint },
      status,
    });
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  it('ticks exactly the task’s box', async () => {
    const before = '\uFEFF# Plan\r\n\r\n- [ ] T1 a\n\t- [ ] T2 b  \r\n- [ ] T3 c\r';
    put('tasks.md', before);
    const written = await write('tasks.md', 'T2', 'b');
    const after = before.replace('[ ] T2', '[x] T2');
    assert.equal(text('tasks.md'), after);
    assert.deepEqual(written, { ok: true, value: { changed: true, hash: sha256Hex(after) } });
  });

  it('changes nothing, not even the time of the file, where there is nothing to write', async () => {
    put('tasks.md', '- [x] T1 a\n- [ ] T2 b');
    const before = statSync(join(root, 'tasks.md'), { bigint: true });
    const ticked = await write('tasks.md', 'T1', 'a');
    const failed = await write('tasks.md', 'T2', 'b', 'failed');
    assert.ok(ticked.ok && failed.ok);
    assert.ok(!ticked.value.changed && !failed.value.changed);
    const after = statSync(join(root, 'tasks.md'), { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
  });

  it('writes every closing status into JSON', async () => {
    put('tasks.json', '[{"id":"a","title":"A"},{"id":"b","title":"B"},{"id":"c","title":"C"}]\n');
    await write('tasks.json', 'a', 'a', 'completed');
    await write('tasks.json', 'b', 'b', 'failed');
    await write('tasks.json', 'c', 'c', 'cancelled');
    assert.equal(
      text('tasks.json'),
      '[{"id":"a","title":"A","status":"completed"},{"id":"b","title":"B","status":"failed"},{"id":"c","title":"C","status":"cancelled"}]\n',
    );
  });

  it('ticks the right box of a plan that was renumbered and re-ordered meanwhile', async () => {
    put('tasks.md', '- [ ] T1 Build\n- [ ] T2 Test\n- [ ] T3 Ship');
    const plan = (await PlanStore.open(root)).current();
    const task = [...plan.tasks.values()].find(({ id }) => id === 'T2') ?? assert.fail();
    put(
      'tasks.md',
      '# New\n- [ ] T2 Ship\n- [x] T3 Build\n- [ ] T4 [P:Group-q] Test [Files: a.ts]\n',
    );
    const written = await writeTaskStatus({
      workspaceRoot: root,
      file: 'tasks.md',
      task,
      status: 'completed',
    });
    assert.ok(written.ok);
    assert.equal(
      text('tasks.md'),
      '# New\n- [ ] T2 Ship\n- [x] T3 Build\n- [x] T4 [P:Group-q] Test [Files: a.ts]\n',
    );
  });

  const refused: readonly (readonly [what: string, plan: string, reason: string])[] = [
    ['the title is gone', '- [ ] T1 a\n- [ ] T2 something else', 'missing'],
    ['several could be it', '- [ ] T7 b\n- [ ] T8 b', 'ambiguous'],
    ['the plan is empty', '', 'missing'],
  ];
  for (const [what, plan, reason] of refused) {
    it(`is refused where ${what}, and the file stays`, async () => {
      put('tasks.md', plan);
      const written = await write('tasks.md', 'T2', 'b');
      assert.equal(written.ok ? 'written' : written.failure.reason, reason);
      assert.equal(text('tasks.md'), plan);
    });
  }

  it('is refused where the plan vanished', async () => {
    const written = await write('tasks.md', 'T2', 'b');
    assert.equal(written.ok ? 'written' : written.failure.reason, 'missing');
    assert.ok(!existsSync(join(root, 'tasks.md')));
  });

  it('is refused where the plan is not UTF-8', async () => {
    const bytes = Buffer.from('- [ ] T2 b\n- [ ] caf\u00e9', 'latin1');
    put('tasks.md', bytes);
    const written = await write('tasks.md', 'T2', 'b');
    assert.equal(written.ok ? 'written' : written.failure.reason, 'unreadable');
    assert.deepEqual(readFileSync(join(root, 'tasks.md')), bytes);
  });

  it('is refused where the JSON stays malformed, and waits for one that is being written', async function () {
    this.timeout(60_000);
    put('tasks.json', '[{"id":"a","title":"A"},');
    const refusedWrite = await write('tasks.json', 'a', 'a');
    assert.equal(refusedWrite.ok ? 'written' : refusedWrite.failure.reason, 'malformed');
    const writing = write('tasks.json', 'a', 'a');
    put('tasks.json', '[{"id":"a","title":"A"}]');
    assert.ok((await writing).ok);
    assert.equal(text('tasks.json'), '[{"id":"a","title":"A","status":"completed"}]');
  });

  it('is refused where the file is write-protected', async function () {
    // Root may write everything.
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      skip(this, 'root and Windows write protected files, too');
    }
    put('tasks.md', '- [ ] T2 b');
    chmodSync(join(root, 'tasks.md'), 0o444);
    const written = await write('tasks.md', 'T2', 'b');
    assert.equal(written.ok ? 'written' : written.failure.reason, 'unwritable');
  });

  it('keeps the permissions of the file', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no permission bits');
    }
    put('tasks.md', '- [ ] T2 b');
    chmodSync(join(root, 'tasks.md'), 0o666);
    await write('tasks.md', 'T2', 'b');
    assert.equal(statSync(join(root, 'tasks.md')).mode & 0o777, 0o666);
  });

  it('writes to the target of a symbolic link, and the link stays one', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows links files only with a privilege');
    }
    mkdirSync(join(root, 'real'));
    put('real/work.txt', '- [ ] T2 b');
    symlinkSync(join('real', 'work.txt'), join(root, 'tasks.md'));
    assert.ok((await write('tasks.md', 'T2', 'b')).ok);
    assert.equal(text('real/work.txt'), '- [x] T2 b');
    assert.ok(lstatSync(join(root, 'tasks.md')).isSymbolicLink());
  });

  it('leaves nothing beside the plan, and keeps its lock out of version control', async () => {
    put('tasks.md', '- [ ] T2 b');
    await write('tasks.md', 'T2', 'b');
    assert.deepEqual(readdirSync(root).sort(), ['.parallel-groups', 'tasks.md']);
    assert.equal(text('.parallel-groups/.gitignore'), '*\n');
    assert.deepEqual(readdirSync(join(root, '.parallel-groups', 'locks')), []);
  });

  it('takes over the lock of a process that is gone', async () => {
    put('tasks.md', '- [ ] T2 b');
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const { ownIdentity } = await import('../../../../src/system/processes/process-identity.ts');
    const lock = `${sha256Hex(join(root, 'tasks.md')).slice(0, 32)}.lock`;
    mkdirSync(join(root, '.parallel-groups', 'locks'), { recursive: true });
    put(
      join('.parallel-groups', 'locks', lock),
      JSON.stringify({ ...(await ownIdentity()), pid: gone.pid, start: 'long ago' }),
    );
    assert.ok((await write('tasks.md', 'T2', 'b')).ok);
    assert.equal(text('tasks.md'), '- [x] T2 b');
  });

  it('loses none of many at once, from several processes', async function () {
    this.timeout(60_000);
    const ids = Array.from({ length: 12 }, (_, index) => `T${index}`);
    put('tasks.md', ids.map((id) => `- [ ] ${id} title ${id}\n`).join(''));
    const module = new URL('../../../../src/tasks/write/write-status.ts', import.meta.url).href;
    const script = `
      import { writeTaskStatus } from ${JSON.stringify(module)};
      const results = await Promise.all(process.argv.slice(2).map((id) => writeTaskStatus({
        workspaceRoot: ${JSON.stringify(root)},
        file: 'tasks.md',
        task: { source: 'tasks.md', id, fingerprint: 'title ' + id.toLowerCase() },
        status: 'completed',
      })));
      const failed = results.filter((each) => !each.ok);
      if (failed.length > 0) throw new Error(JSON.stringify(failed));
    `;
    put('write.mts', script);
    const exits = [0, 1, 2].map(async (part) => {
      const mine = ids.filter((_, index) => index % 3 === part);
      const child = spawn(process.execPath, [join(root, 'write.mts'), ...mine], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    });
    assert.deepEqual(await Promise.all(exits), [0, 0, 0]);
    assert.equal(text('tasks.md'), ids.map((id) => `- [x] ${id} title ${id}\n`).join(''));
  });
});
