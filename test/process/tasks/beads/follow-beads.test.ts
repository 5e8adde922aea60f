import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { BeadsPlan } from '../../../../src/tasks/beads/beads-plan.ts';
import { databaseState } from '../../../../src/tasks/beads/database-state.ts';
import type { Pace } from '../../../../src/tasks/beads/follow-beads.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { watchPlans } from '../../../../src/tasks/plans/watch-disk.ts';
import { type FakeBd, fakeBd } from '../../../support/beads/fake-bd.ts';
import { bd, importIssues, realTrackers } from '../../../support/beads/real-bd.ts';
import { eventually } from '../../../support/eventually.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const NEVER_MS = 3_600_000;
const PACE: Pace = { quietMs: 50, minIntervalMs: 300, pollMs: NEVER_MS };

/** Reads a plan whenever it may have changed, as a store does. */
async function followed(options: {
  readonly root: string;
  readonly bd?: string;
  readonly pace: Pace;
}): Promise<{ readonly titles: string[]; readonly following: Disposable }> {
  const plan = new BeadsPlan(
    { workspaceRoot: options.root, place: '.beads', mayRun: () => true, bd: options.bd },
    { pace: options.pace },
  );
  const titles: string[] = [];
  const read = async (): Promise<void> => {
    const tasks = (await plan.read())?.tasks ?? [];
    titles.push(tasks.map(({ title }) => title).join(' '));
  };
  await read();
  const following = plan.follow(() => void read());
  // It watches a moment later.
  await delay(200);
  return { titles, following };
}

describe('following beads', function () {
  this.timeout(120_000);

  describe('by its files', () => {
    let root: string;
    let fake: FakeBd;
    let journal: string;
    let following: Disposable | null;

    before(function () {
      // The program in bd's place is a script with a first line for the kernel.
      if (process.platform === 'win32') {
        skip(this, 'Windows cannot start scripts by their first line');
      }
    });
    beforeEach(() => {
      root = temporaryDirectory();
      following = null;
      const noms = join(root, '.beads', 'embeddeddolt', 'x', '.dolt', 'noms');
      journal = join(noms, 'vvvv');
      mkdirSync(noms, { recursive: true });
      writeFileSync(journal, 'a');
      // Like the real one, it touches the files by only reading.
      const touches = `
        writeFileSync(${JSON.stringify(join(noms, 'LOCK'))}, '');
        writeFileSync(${JSON.stringify(journal)}, readFileSync(${JSON.stringify(journal)}));`;
      fake = fakeBd(root, `${touches} print([]);`);
      embedded();
    });
    afterEach(() => {
      following?.dispose();
      removeDirectory(root);
    });
    const embedded = () =>
      writeFileSync(join(root, '.beads', 'metadata.json'), '{"dolt_mode":"embedded"}');
    const follow = async (pace: Partial<Pace> = {}) => {
      const found = await followed({ root, bd: fake.path, pace: { ...PACE, ...pace } });
      ({ following } = found);
      return found.titles;
    };

    it('reads once after one change, and settles although reading touches the files', async () => {
      const readings = await follow();
      appendFileSync(journal, 'b');
      await eventually('it is read again', () => readings.length > 1);
      await delay(4 * PACE.minIntervalMs);
      assert.equal(readings.length, 2);
      appendFileSync(journal, 'c');
      await eventually('it is read again', () => readings.length > 2);
    });

    it('reads many changes together, never closer to one another than it may', async () => {
      const readings = await follow({ minIntervalMs: 2000 });
      for (let change = 0; change < 20; change += 1) {
        appendFileSync(journal, 'b');
        await delay(20);
      }
      await eventually('they are read', () => readings.length > 1);
      await delay(500);
      assert.equal(readings.length, 2);
    });

    it('is not moved by what does not change a size', async () => {
      const readings = await follow();
      utimesSync(journal, 1, 1);
      writeFileSync(join(root, '.beads', 'last-touched'), 'bd-1');
      await delay(2 * PACE.minIntervalMs);
      assert.equal(readings.length, 1);
    });

    it('notices a database that is made later, or is gone', async () => {
      const database = join(root, '.beads', 'embeddeddolt');
      rmSync(database, { recursive: true });
      fake.become('print([]);');
      const readings = await follow();
      mkdirSync(join(database, 'x', '.dolt', 'noms'), { recursive: true });
      await eventually('the new one is read', () => readings.length > 1);
      writeFileSync(journal, 'a');
      await eventually('its tables are watched', () => readings.length > 2);
      rmSync(join(root, '.beads'), { recursive: true });
      await eventually('its end is noticed', () => readings.length > 3);
    });

    it('settles in a workspace that is watched as well', async () => {
      const store = await PlanStore.open(root, { bd: fake.path });
      const fail = (error: unknown) => assert.fail(String(error));
      following = await watchPlans(store, fail);
      const before = fake.calls().length;
      writeFileSync(join(root, 'tasks.md'), '- [ ] T1 a');
      await eventually('the file is read', () => store.current().tasks.size > 0);
      await delay(1500);
      assert.equal(fake.calls().length, before);
    });

    it('is found when it is made in a workspace that is watched', async () => {
      rmSync(join(root, '.beads'), { recursive: true });
      fake.become(`print([{ id: 'bd-1', title: 'One' }]);`);
      const store = await PlanStore.open(root, { bd: fake.path });
      following = await watchPlans(store, (error) => assert.fail(String(error)));
      assert.equal(store.current().sources.length, 0);
      mkdirSync(join(root, '.beads'));
      embedded();
      await eventually('it is read', () => store.current().tasks.size > 0);
    });

    it('looks from time to time where a server keeps the database', async () => {
      writeFileSync(join(root, '.beads', 'metadata.json'), '{"dolt_mode":"server"}');
      const readings = await follow({ pollMs: 100 });
      await eventually('it was read without a sign', () => readings.length > 2);
    });

    it('looks at the files alone from time to time where they tell', async () => {
      const readings = await follow({ pollMs: 20 });
      await delay(1000);
      assert.equal(readings.length, 1);
    });

    it('ends when it is told to', async () => {
      const readings = await follow({ pollMs: 20 });
      following?.dispose();
      following?.dispose();
      appendFileSync(journal, 'b');
      await delay(3 * PACE.minIntervalMs);
      assert.equal(readings.length, 1);
    });
  });

  describe('with the real bd', () => {
    const trackers = realTrackers();

    it('notices what another process does, and settles after it', async () => {
      const root = trackers.create();
      await importIssues(root, [{ id: 'bd-1', title: 'One' }]);
      const pace = { quietMs: 1500, minIntervalMs: 1600, pollMs: NEVER_MS };
      const { titles, following } = await followed({ root, pace });
      try {
        await bd(root, 'update', 'bd-1', '--title', 'Two');
        await eventually('the change is read', () => titles.includes('Two'), 60_000);
        // Whatever our own readings touched would have been read by now.
        await delay(4000);
        assert.deepEqual(titles, ['One', 'Two']);
        await bd(root, 'close', 'bd-1');
        await eventually('the next change is read', () => titles.length === 3, 60_000);
      } finally {
        following.dispose();
      }
    });

    it('tells a writing from a reading by the files', async () => {
      const root = trackers.create();
      await importIssues(root, [{ id: 'bd-1', title: 'One' }]);
      const signature = async () => (await databaseState(join(root, '.beads'))).signature;
      const before = await signature();
      await bd(root, 'list', '--json');
      await bd(root, 'show', 'bd-1', '--json');
      assert.equal(await signature(), before);
      await bd(root, 'comment', 'bd-1', 'a word');
      assert.notEqual(await signature(), before);
    });
  });
});
