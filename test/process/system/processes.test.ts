import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endTree } from '../../../src/system/processes/end-tree.ts';
import { LeftoverFinder } from '../../../src/system/processes/leftover-finder.ts';
import { identify, isAlive, ownIdentity } from '../../../src/system/processes/process-identity.ts';
import { parsePs, parseWindows } from '../../../src/system/processes/process-table.ts';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { isTreeEmpty } from '../../support/is-tree-empty.ts';
import { endAll, lives, pidIn } from '../../support/processes.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('a process', function () {
  this.timeout(60_000);
  let root: string;
  let started: ChildProcess[];
  beforeEach(() => {
    root = temporaryDirectory();
    started = [];
  });
  afterEach(() => {
    endAll(started.map((child) => child.pid));
    removeDirectory(root);
  });

  function fake(steps: readonly string[], env: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [FAKE_AGENT, ...steps], {
      env: { ...process.env, ...env },
      detached: true,
      stdio: 'ignore',
    });
    started.push(child);
    return child;
  }

  async function identityOf(child: ChildProcess): ReturnType<typeof ownIdentity> {
    const identity = await identify(child.pid ?? 0);
    return identity ?? assert.fail('it does not live');
  }

  it('is alive while it lives, and gone once it has ended', async () => {
    const child = fake(['hang']);
    const identity = await identityOf(child);
    assert.equal(await isAlive(identity), 'alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await isAlive(identity), 'gone');
    assert.equal(await identify(identity.pid), null);
  });

  it('is gone when its pid was taken over, or the machine was booted since', async function () {
    const own = await ownIdentity();
    assert.equal(await isAlive(own), 'alive');
    assert.equal(await isAlive({ ...own, start: 'another' }), 'gone');
    if (own.boot === null) {
      skip(this, 'this system does not tell when it was started');
    }
    assert.equal(await isAlive({ ...own, boot: 'another' }), 'gone');
  });

  it('of another machine, or of an unknown start, is neither', async () => {
    const own = await ownIdentity();
    assert.equal(await isAlive({ ...own, host: 'elsewhere' }), 'unknown');
    assert.equal(await isAlive({ ...own, start: null }), 'unknown');
  });

  it('that has ended but was not waited for is gone', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux has /proc');
    }
    // The shell's child ends, but the shell sleeps in place of waiting for it.
    const shell = spawn('/bin/sh', ['-c', `sh -c 'echo $$ > ${root}/zombie' & exec sleep 60`]);
    started.push(shell);
    const pid = await pidIn(join(root, 'zombie'));
    while (!/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.equal(await identify(pid), null);
  });

  it('ends with all its descendants, from the leaves on, those in sessions of their own too', async () => {
    const child = fake([`spawn=${root}/a`, `spawn-stubborn=${root}/b`, 'ignore=SIGINT', 'hang']);
    const pids = [await pidIn(join(root, 'a')), await pidIn(join(root, 'b'))];
    const identity = await identityOf(child);
    assert.equal(await isTreeEmpty({ root: identity, marker: null }), false);
    await endTree({ root: identity, marker: null, graceMs: 200 });
    assert.deepEqual(await Promise.all([...pids, identity.pid].map(lives)), [false, false, false]);
    assert.equal(await isTreeEmpty({ root: identity, marker: null }), true);
  });

  it('gets time to end politely before it is killed', async () => {
    const child = fake(['exit-on=SIGTERM:7', `touch=${root}/pid`, 'ignore=SIGINT', 'hang']);
    await pidIn(join(root, 'pid'));
    const exit = once(child, 'exit');
    const identity = await identityOf(child);
    await endTree({ root: identity, marker: null, graceMs: 3000, signals: ['SIGTERM', 'SIGKILL'] });
    assert.deepEqual(await exit, [7, null]);
  });

  it('whose pid now names another process is left alone', async () => {
    const child = fake(['hang']);
    const identity = await identityOf(child);
    await endTree({ root: { ...identity, start: 'another' }, marker: null, graceMs: 100 });
    assert.equal(await isAlive(identity), 'alive');
  });

  it('is found by its environment when nothing else leads to it', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const marker = { PG_TEST_RUN: root, PG_TEST_TASK: 'ä' };
    const exited = once(fake([`spawn-orphan=${root}/orphan`, 'exit=0'], marker), 'exit');
    const orphan = await pidIn(join(root, 'orphan'));
    await exited;
    assert.equal(await isTreeEmpty({ root: null, marker: { ...marker, PG_TEST_TASK: 'a' } }), true);
    assert.equal(await isTreeEmpty({ root: null, marker }), false);
    await endTree({ root: null, marker, graceMs: 200 });
    assert.equal(await lives(orphan), false);
  });

  it('never ends itself or who started it, even where they are marked', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const script = `
      const { endTree } = await import('${new URL('../../../src/system/processes/end-tree.ts', import.meta.url).href}');
      await endTree({ root: null, marker: { PG_TEST_SELF: '${root}' }, graceMs: 100 });
      process.exit(5);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, PG_TEST_SELF: root },
      stdio: 'ignore',
    });
    started.push(child);
    assert.deepEqual(await once(child, 'exit'), [5, null]);
  });

  it('that left something behind is noticed, be it in its group or in a session of its own', async function () {
    if (process.platform !== 'linux') {
      skip(this, 'only Linux finds processes by their environment');
    }
    const finder = new LeftoverFinder();
    for (const [step, expected] of [
      ['exit=0', false],
      [`spawn=${root}/left`, true],
      [`spawn-orphan=${root}/left`, true],
    ] as const) {
      const marker = { PG_TEST_LEFT: `${root} ${step}` };
      finder.started();
      const child = fake([step, 'exit=0'], marker);
      await once(child, 'exit');
      const group = child.pid ?? 0;
      assert.equal(await finder.hasLeftovers(group, marker), expected, step);
      await endTree({ root: null, marker, processGroup: group, graceMs: 200 });
      assert.equal(await isTreeEmpty({ root: null, marker, processGroup: group }), true, step);
      finder.ended();
    }
  });
});

describe('a list of processes', () => {
  it('is read from ps, without those that have ended', () => {
    const lines = [
      '    1     0     1 Ss   Sat Nov 21 03:52:01 2026',
      '  812   800   812 S+   Sat Nov 21 04:01:59 2026    ',
      '  813   812   812 Z+   Sat Nov 21 04:02:00 2026',
      'garbage',
    ];
    assert.deepEqual(parsePs(lines.join('\n')), [
      { pid: 1, parent: 0, group: 1, start: 'Sat Nov 21 03:52:01 2026' },
      { pid: 812, parent: 800, group: 812, start: 'Sat Nov 21 04:01:59 2026' },
    ]);
  });

  it('is read from PowerShell', () => {
    assert.deepEqual(parseWindows('4 0 \r\n812 4 638994852000000000\r\n\r\nWARNING: x\r\n'), [
      { pid: 4, parent: 0, group: 0, start: '0' },
      { pid: 812, parent: 4, group: 0, start: '638994852000000000' },
    ]);
  });
});
