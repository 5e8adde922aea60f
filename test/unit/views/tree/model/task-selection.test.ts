import assert from 'node:assert/strict';
import { chosenWords, TaskSelection } from '../../../../../src/views/tree/model/task-selection.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const T1 = taskView('T1');
const T2 = taskView('T2');
const dependency = { key: T1.key, id: 'T1', status: 'pending' } as const;
const T3 = taskView('T3', { dependencies: [dependency] });
const done = taskView('T4', { launchable: false, status: 'completed' });
const group = groupView([T1, T2, T3, done]);

describe('choosing tasks to run', () => {
  let choosing: TaskSelection;
  beforeEach(() => {
    choosing = new TaskSelection();
  });

  it('has no checkboxes before it begins and after it ends', () => {
    assert.equal(choosing.isChecked(group.key, T1), undefined);
    assert.equal(choosing.chosen(group), null);
    choosing.begin(group.key);
    choosing.end(group.key);
    assert.equal(choosing.chosen(group), null);
    assert.deepEqual(choosing.groups(), []);
  });

  it('begins with every open task', () => {
    choosing.begin(group.key);
    assert.deepEqual([...(choosing.chosen(group) ?? [])], [T1.key, T2.key, T3.key]);
    assert.equal(choosing.isChecked(group.key, done), undefined);
  });

  it('leaves out what is unchecked, until it is checked again', () => {
    choosing.begin(group.key);
    choosing.check(group.key, [T1.key, T2.key], false);
    choosing.check(group.key, [T2.key], true);
    assert.deepEqual([...(choosing.chosen(group) ?? [])], [T2.key, T3.key]);
  });

  it('takes in a task that appears later', () => {
    choosing.begin(group.key);
    choosing.check(group.key, [T1.key], false);
    const later = groupView([...group.tasks, taskView('T5')]);
    assert.equal(choosing.chosen(later)?.has(taskView('T5').key), true);
  });

  it('forgets the last choice where it begins again', () => {
    choosing.begin(group.key);
    choosing.check(group.key, [T1.key], false);
    choosing.begin(group.key);
    assert.equal(choosing.isChecked(group.key, T1), true);
  });

  const words: readonly (readonly [left: readonly (typeof T1)[], words: string])[] = [
    [[], '3 of 3 tasks chosen'],
    [[T3], '2 of 3 tasks chosen'],
    [[T1], '2 of 3 tasks chosen · 1 waits for one that is not'],
    [[T1, T2, T3], '0 of 3 tasks chosen'],
  ];
  for (const [left, expected] of words) {
    it(`says "${expected}"`, () => {
      choosing.begin(group.key);
      const keys = left.map(({ key }) => key);
      choosing.check(group.key, keys, false);
      assert.equal(chosenWords(group, choosing.chosen(group) ?? new Set()), expected);
    });
  }
});
