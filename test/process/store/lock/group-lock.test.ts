import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { ProcessIdentity } from '../../../../src/coordinator/schema/attempt.ts';
import {
  acquireLock,
  type GroupLock,
  type HeldFailure,
  readLock,
} from '../../../../src/store/lock/group-lock.ts';
import { lockDirectory, lockFile, lockText } from '../../../../src/store/lock/lock-file.ts';
import { ownIdentity } from '../../../../src/system/processes/process-identity.ts';
import { skip } from '../../../support/skip.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const CONTENDER = fileURLToPath(new URL('../../../support/store/contender.mjs', import.meta.url));
const outcomeSchema = z.object({ ok: z.boolean(), epoch: z.number() });

describe('the lock of a group', () => {
  let group: string;
  let identity: ProcessIdentity;
  let children: Contender[];
  beforeEach(async () => {
    group = temporaryDirectory();
    identity = await ownIdentity();
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill()));
    removeDirectory(group);
  });

  const attempt = (takeFrom: number | null = null): ReturnType<typeof acquireLock> =>
    acquireLock(group, { identity, label: 'VS Code', at: 7, takeFrom });

  async function refused(takeFrom: number | null = null): Promise<HeldFailure> {
    const result = await attempt(takeFrom);
    assert.ok(!result.ok && result.failure.reason === 'held');
    return result.failure;
  }

  /** What another process, of which nothing is known, left behind. */
  function heldElsewhere(epoch: number, changes: Partial<ProcessIdentity> = {}): void {
    mkdirSync(lockDirectory(group), { recursive: true });
    const process = { ...identity, ...changes };
    const text = lockText(epoch, { process, label: 'command line', at: 1 });
    writeFileSync(lockFile(lockDirectory(group), epoch), text);
  }

  async function contender(): Promise<Contender> {
    const child = new Contender(group);
    children.push(child);
    await child.line();
    return child;
  }

  it('is taken with epoch 1 where nobody ever held it', async () => {
    assert.deepEqual(await readLock(group), { kind: 'free' });
    const lock = must(await attempt());
    assert.equal(lock.epoch, 1);
    assert.ok(await lock.isStillMine());
    const state = await readLock(group);
    assert.ok(state.kind === 'held');
    assert.equal(state.held.alive, 'alive');
    assert.deepEqual(state.held.holder, { process: identity, label: 'VS Code', at: 7 });
  });

  it('is refused while its holder lives, naming it', async () => {
    const lock = must(await attempt());
    const held = await refused();
    assert.equal(held.epoch, 1);
    assert.equal(held.alive, 'alive');
    assert.match(held.message, /^VS Code \(process \d+\) coordinates this group\.$/);
    assert.ok(await lock.isStillMine());
  });

  it('goes to the next epoch once it was released, and to nobody twice', async () => {
    const first = must(await attempt());
    first.release();
    first.release();
    assert.deepEqual(await readLock(group), { kind: 'free' });
    assert.equal(await first.isStillMine(), false);
    const second = must(await attempt());
    assert.equal(second.epoch, 2);
    assert.equal((await refused()).epoch, 2);
    // A release that comes late changes nothing for the successor.
    first.release();
    assert.ok(await second.isStillMine());
    assert.deepEqual(readdirSync(lockDirectory(group)).sort(), ['1', '1.released', '2']);
  });

  it('is had by exactly one of many who try at once in one process', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => attempt()));
    const locks = results.flatMap((result) => (result.ok ? [result.value] : []));
    assert.equal(locks.length, 1);
    assert.equal(locks[0]?.epoch, 1);
    for (const result of results) {
      assert.ok(result.ok || result.failure.reason === 'held');
    }
  });

  it('is had by exactly one of twenty processes, and by the next when that one is killed', async function () {
    this.timeout(60_000);
    const contenders = await Promise.all(Array.from({ length: 20 }, () => contender()));
    const outcomes = await Promise.all(contenders.map((child) => child.try()));
    const winners = outcomes.filter(({ ok }) => ok);
    assert.deepEqual(winners, [{ ok: true, epoch: 1 }]);
    for (const { ok, epoch } of outcomes) {
      assert.ok(ok || epoch === 1);
    }
    assert.equal((await refused()).alive, 'alive');
    await contenders[outcomes.findIndex(({ ok }) => ok)]?.kill();
    assert.deepEqual(await readLock(group), { kind: 'free' });
    const lock = must(await attempt());
    assert.equal(lock.epoch, 2);
    assert.ok(await lock.isStillMine());
    assert.deepEqual(
      readdirSync(lockDirectory(group)).filter((name) => !name.startsWith('.')),
      ['1', '2'],
    );
  });

  it('of a process that is gone has one successor, however many see it', async () => {
    const child = await contender();
    assert.ok((await child.try()).ok);
    await child.kill();
    const results = await Promise.all(Array.from({ length: 10 }, () => attempt()));
    const epochs = results.flatMap((result) => (result.ok ? [result.value.epoch] : []));
    assert.deepEqual(epochs, [2]);
  });

  describe('whose holder is not provably gone', () => {
    const doubtful: Record<string, () => void> = {
      'is on another machine': () => heldElsewhere(3, { host: 'elsewhere' }),
      'wrote what cannot be understood': () => {
        mkdirSync(lockDirectory(group));
        writeFileSync(lockFile(lockDirectory(group), 3), '{"v":1,');
      },
      'wrote another epoch than the file’s': () => {
        heldElsewhere(2, { pid: 2 ** 30 });
        const directory = lockDirectory(group);
        writeFileSync(join(directory, '3'), lockText(2, { process: identity, label: '', at: 1 }));
      },
    };
    for (const [what, arrange] of Object.entries(doubtful)) {
      it(`and ${what} is only taken when a person agrees`, async () => {
        arrange();
        const held = await refused();
        assert.equal(held.alive, 'unknown');
        assert.equal(held.epoch, 3);
        assert.match(held.message, /may still be coordinating/);
        assert.equal(must(await attempt(3)).epoch, 4);
      });
    }
  });

  it('taken over with a person’s consent is no longer the other’s, who lives', async () => {
    const old = must(await attempt());
    const { epoch } = await refused();
    const lock = must(await attempt(epoch));
    assert.equal(lock.epoch, 2);
    assert.equal(await old.isStillMine(), false);
    old.release();
    assert.ok(await lock.isStillMine());
    assert.equal((await refused()).epoch, 2);
  });

  it('is not taken from somebody else than the person agreed to', async () => {
    must(await attempt());
    must(await attempt(1));
    assert.equal((await refused(1)).epoch, 2);
  });

  it('of a process that was started before the machine was is free', async function () {
    if (identity.boot === null) {
      skip(this, 'this system does not tell when it was started');
    }
    heldElsewhere(1, { boot: 'another' });
    assert.equal(must(await attempt()).epoch, 2);
  });

  it('of a pid that another process has now is free', async function () {
    if (identity.start === null) {
      skip(this, 'this system does not tell when a process was started');
    }
    heldElsewhere(1, { start: '1' });
    assert.equal(must(await attempt()).epoch, 2);
  });

  describe('after the state directory was deleted under its holder', () => {
    let lost: GroupLock;
    beforeEach(async () => {
      lost = must(await attempt());
      rmSync(lockDirectory(group), { recursive: true });
    });

    it('is not the holder’s any more', async () => {
      assert.equal(await lost.isStillMine(), false);
      lost.release();
      assert.equal(existsSync(lockDirectory(group)), false);
    });

    it('is not mistaken for the one that somebody else took with the same epoch', async () => {
      const lock = must(await attempt());
      assert.equal(lock.epoch, lost.epoch);
      assert.equal(await lost.isStillMine(), false);
      assert.ok(await lock.isStillMine());
    });
  });

  it('survives files that are no locks', async () => {
    mkdirSync(lockDirectory(group));
    for (const name of ['0', '-1', '01', '7.released', 'x', '1.5', '.9.tmp']) {
      writeFileSync(join(lockDirectory(group), name), '');
    }
    assert.equal(must(await attempt()).epoch, 1);
  });

  it('ends the attempt where an epoch has no successor', async () => {
    heldElsewhere(999_999_999_999_999, { start: '1' });
    const tries = [await attempt(), await attempt()];
    assert.ok(tries.every((each) => !each.ok || each.value.epoch === 10 ** 15));
    assert.equal((await refused()).reason, 'held');
  });

  it('says so where it cannot be written', async () => {
    writeFileSync(lockDirectory(group), '');
    const result = await attempt();
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
    rmSync(lockDirectory(group));
    const elsewhere = join(group, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, lockDirectory(group), 'junction');
    const linked = await attempt();
    assert.ok(!linked.ok && linked.failure.reason === 'cannot_write');
    assert.deepEqual(readdirSync(elsewhere), []);
  });
});

/** A process that tries for the lock and never gives it back. */
class Contender {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(group: string) {
    const child = spawn(process.execPath, [CONTENDER, group], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const next = await this.#lines.next();
    return next.done === true ? '' : next.value;
  }

  async try(): Promise<z.infer<typeof outcomeSchema>> {
    this.#child.stdin?.write('go\n');
    return outcomeSchema.parse(JSON.parse(await this.line()));
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
