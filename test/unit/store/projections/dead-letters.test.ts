import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeadLetter } from '../../../../src/coordinator/projections/dead-letter.ts';
import {
  deadLettersDirectory,
  hasDeadLetter,
  listDeadLetters,
  removeDeadLetter,
  writeDeadLetter,
} from '../../../../src/store/projections/dead-letters.ts';
import { watchDeadLetters } from '../../../../src/store/projections/watch-dead-letters.ts';
import { deadLetter } from '../../../support/coordinator/dead-letters.ts';
import { eventually } from '../../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the letters of what was given up, on disk', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => {
    removeDirectory(root);
  });

  const ids = async (): Promise<string[]> =>
    (await listDeadLetters(root)).map(({ task }) => task.id).toSorted();
  const file = (): string => {
    const [name = ''] = readdirSync(deadLettersDirectory(root));
    return join(deadLettersDirectory(root), name);
  };

  it('are one file for each task, read as they were written', async () => {
    const letters = [deadLetter('T1', { tail: 'no ladder' }), deadLetter('T2')];
    for (const letter of letters) {
      assert.ok((await writeDeadLetter(root, letter)).ok);
    }
    assert.equal(readdirSync(deadLettersDirectory(root)).length, 2);
    const read = await listDeadLetters(root);
    assert.deepEqual(
      read.toSorted((a, b) => (a.task.id < b.task.id ? -1 : 1)),
      letters,
    );
  });

  it('take the place of an earlier letter of the same task', async () => {
    await writeDeadLetter(root, deadLetter('T1'));
    await writeDeadLetter(root, deadLetter('T1', { attempts: 3 }));
    assert.deepEqual(
      (await listDeadLetters(root)).map(({ attempts }) => attempts),
      [3],
    );
  });

  it('are gone once removed, and removing none is no failure', async () => {
    const { task } = deadLetter('T1');
    assert.ok((await removeDeadLetter(root, task.key)).ok);
    await writeDeadLetter(root, deadLetter('T1'));
    assert.equal(hasDeadLetter(root, task.key), true);
    assert.ok((await removeDeadLetter(root, task.key)).ok);
    assert.equal(hasDeadLetter(root, task.key), false);
    assert.deepEqual(await ids(), []);
  });

  const forged: readonly (readonly [string, string])[] = [
    ['no JSON', '{'],
    ['another form', '{"v":1}'],
    ['a newer version', JSON.stringify({ ...deadLetter('T1'), v: 2 })],
    ['more than a letter can have', JSON.stringify(deadLetter('T1', { tail: 'x'.repeat(70_000) }))],
    ['the letter of another task', JSON.stringify(deadLetter('T9'))],
  ];
  for (const [what, text] of forged) {
    it(`are left out where the file holds ${what}`, async () => {
      await writeDeadLetter(root, deadLetter('T1'));
      writeFileSync(file(), text);
      assert.deepEqual(await ids(), []);
    });
  }

  it('are not read through a link that leads out of the workspace', async () => {
    const elsewhere = temporaryDirectory();
    try {
      await writeDeadLetter(elsewhere, deadLetter('T1'));
      mkdirSync(join(root, '.parallel-groups'));
      symlinkSync(deadLettersDirectory(elsewhere), deadLettersDirectory(root));
      assert.deepEqual(await ids(), []);
      assert.equal((await writeDeadLetter(root, deadLetter('T2'))).ok, false);
    } finally {
      removeDirectory(elsewhere);
    }
  });

  it('are told whenever they change, from before there is a state directory', async () => {
    let told: readonly DeadLetter[] = [];
    const watch = watchDeadLetters(root, (letters) => {
      told = letters;
    });
    const shows = (wanted: string) =>
      eventually(`told of ${wanted}`, () => told.map(({ task }) => task.id).join() === wanted);
    try {
      await writeDeadLetter(root, deadLetter('T1'));
      await shows('T1');
      await removeDeadLetter(root, deadLetter('T1').task.key);
      await shows('');
      await writeDeadLetter(root, deadLetter('T2'));
      await shows('T2');
      rmSync(join(root, '.parallel-groups'), { recursive: true });
      await shows('');
      await writeDeadLetter(root, deadLetter('T3'));
      await shows('T3');
    } finally {
      watch.dispose();
    }
  });
});
