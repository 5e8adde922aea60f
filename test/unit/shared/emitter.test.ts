import assert from 'node:assert/strict';
import { Emitter, onListenerError } from '../../../src/shared/emitter.ts';

describe('Emitter', () => {
  it('tells the others although one listener throws, and reports the error', () => {
    const errors: unknown[] = [];
    const reporting = onListenerError((error) => errors.push(error));
    const emitter = new Emitter<number>();
    const told: number[] = [];
    const error = new Error('no');
    emitter.subscribe(() => {
      throw error;
    });
    emitter.subscribe((value) => told.push(value));
    emitter.fire(1);
    reporting.dispose();
    assert.deepEqual([told, errors], [[1], [error]]);
  });

  it('tells nobody who came or went while it tells', () => {
    const emitter = new Emitter<number>();
    const told: string[] = [];
    const first = emitter.subscribe((value) => {
      told.push(`first ${value}`);
      first.dispose();
      emitter.subscribe((later) => told.push(`later ${later}`));
    });
    emitter.fire(1);
    emitter.fire(2);
    assert.deepEqual(told, ['first 1', 'later 2']);
  });
});
