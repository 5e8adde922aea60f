import assert from 'node:assert/strict';
import { leadingId } from '../../../../src/coordinator/plan/leading-id.ts';

describe('the id at the beginning of a title', () => {
  const titles: readonly (readonly [title: string, id: string | null, rest?: string])[] = [
    ['1.1 Setup database', '1.1', 'Setup database'],
    ['1.2.1 Model', '1.2.1', 'Model'],
    ['1.2. Model', '1.2', 'Model'],
    ['1.2: Model', '1.2', 'Model'],
    ['1.2a Model', '1.2a', 'Model'],
    ['1.2 - Model', '1.2', 'Model'],
    ['1.2 – Model', '1.2', 'Model'],
    ['1.2 -f is a flag', '1.2', '-f is a flag'],
    ['T012 Create', 'T012', 'Create'],
    ['T012: Create', 'T012', 'Create'],
    ['[T012] Create', 'T012', 'Create'],
    ['#12 Fix it', '#12', 'Fix it'],
    ['PROJ-12: Fix it', 'PROJ-12', 'Fix it'],
    ['1. Set up', '1', 'Set up'],
    ['2) Set up', '2', 'Set up'],
    ['1.1', '1.1', ''],
    ['3 retries for the client', null],
    ['UTF-8 everywhere', null],
    ['T-shirt sizes', null],
    ['T5x is a model', 'T5x', 'is a model'],
    ['Setup 1.1', null],
    ['1.1beta2 release', null],
    ['', null],
  ];
  for (const [title, id, rest] of titles) {
    it(`of “${title}” is ${id ?? 'missing'}`, () => {
      const found = leadingId(title);
      assert.equal(found?.id ?? null, id);
      if (rest !== undefined) {
        assert.equal(found?.rest, rest);
      }
    });
  }

  it('is bare where it is only a number', () => {
    assert.deepEqual(
      ['1. a', '1.1 a', 'T1 a'].map((title) => leadingId(title)?.bare),
      [true, false, false],
    );
  });
});
