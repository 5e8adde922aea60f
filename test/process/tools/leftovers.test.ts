import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { watchLeftovers } from '../../../tools/leftovers.ts';
import { eventually } from '../../support/eventually.ts';
import { endAll, lives } from '../../support/processes.ts';
import { skip } from '../../support/skip.ts';

describe('what a step of the tests leaves behind', () => {
  const started: (number | undefined)[] = [];
  afterEach(() => endAll(started.splice(0)));

  function start(env: NodeJS.ProcessEnv, cwd: string, script: string): number {
    const options = { env, cwd, stdio: 'ignore', detached: true } as const;
    const child = spawn(process.execPath, ['-e', script], options);
    child.unref();
    started.push(child.pid);
    return child.pid ?? 0;
  }

  it('are files in its temporary folder, which go with it', async () => {
    const watch = await watchLeftovers(0);
    const folder = watch.env.TMPDIR ?? '';
    mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(path.join(folder, 'c.json'), '{}');
    assert.deepEqual(await watch.end(), ['file c.json', 'folder a']);
    assert.equal(existsSync(folder), false);
  });

  it('are processes with its mark, or in its folder without the mark; they are ended', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const watch = await watchLeftovers(0);
    const wait = 'setInterval(() => {}, 1000)';
    const marked = start({ ...process.env, ...watch.env }, '/', wait);
    const inFolder = start({}, watch.env.TMPDIR ?? '', wait);
    const other = start({}, '/', wait);
    // A process that is being loaded has no environment yet.
    await eventually('all to run', async () =>
      (await Promise.all(started.map((pid) => lives(pid ?? 0)))).every(Boolean),
    );
    const left = await watch.end();
    assert.deepEqual(
      left.map((line) => line.slice(0, line.indexOf(':'))).sort(),
      [`process ${marked}`, `process ${inFolder}`].sort(),
    );
    assert.ok(left.every((line) => line.includes(wait)));
    await eventually('both to end', async () => !(await lives(marked)) && !(await lives(inFolder)));
    assert.ok(await lives(other));
  });

  it('is nothing of what goes in a moment', async function () {
    const watch = await watchLeftovers(60_000);
    const file = path.join(watch.env.TMPDIR ?? '', 'soon-gone');
    writeFileSync(file, '');
    const script = `setTimeout(() => fs.rmSync(${JSON.stringify(file)}), 300)`;
    start({ ...process.env, ...watch.env }, '/', script);
    assert.deepEqual(await watch.end(), []);
  });
});
