import assert from 'node:assert/strict';
import { readSavedState } from '../../../src/webview/saved-state.ts';

describe('the state that the page saved', () => {
  it('comes back as it was', () => {
    const state = { group: 'tasks.md#auth', expanded: ['tasks.md#T012'] };
    assert.deepEqual(readSavedState(state), state);
  });

  it('is nothing chosen and nothing open where there is none, or none of ours', () => {
    const nothing = { group: null, expanded: [] };
    for (const other of [undefined, null, 7, 'auth', [], { group: 7, expanded: 'T012' }]) {
      assert.deepEqual(readSavedState(other), nothing);
    }
  });

  it('loses no more than what is damaged', () => {
    const state = readSavedState({ group: 'tasks.md#auth', expanded: [7, 'tasks.md#T012', null] });
    assert.deepEqual(state, { group: 'tasks.md#auth', expanded: ['tasks.md#T012'] });
  });
});
