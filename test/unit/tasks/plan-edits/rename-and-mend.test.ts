import assert from 'node:assert/strict';
import { freeId, mendMarkerEdits, renameIdEdits } from '../../../../src/tasks/plan-edits.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { edited, pathOf } from '../../../support/plan-edit-tables.ts';

const outline = (text: string) => outlineOf(text, pathOf(text)) ?? assert.fail();
const rename = (text: string, place: number, id: string) => {
  const { span } = outline(text).tasks[place] ?? assert.fail();
  return edited(text, renameIdEdits(text, pathOf(text), span, id));
};

describe('the edits of ids', () => {
  const rows: readonly (readonly [string, string, number, string, string])[] = [
    ['rename one of two', '- [ ] T1 A\n- [ ] T1 B', 1, 'T2', '- [ ] T1 A\n- [ ] T2 B'],
    ['keep brackets and bold', '- [ ] **[T1]** A', 0, 'T2', '- [ ] **[T2]** A'],
    ['keep the hash', '- [ ] #1 A\n- [ ] #1 B', 0, '#2', '- [ ] #2 A\n- [ ] #1 B'],
    ['write an id where there was none', '- [ ] [P:Group-a] A', 0, 'T2', '- [ ] T2 [P:Group-a] A'],
    ['rename in JSON', '[{"id": "a","title":"A"}]', 0, 'b"', '[{"id": "b\\"","title":"A"}]'],
    ['keep numbers numbers', '[{"id": 1,"title":"A"}]', 0, '2', '[{"id": 2,"title":"A"}]'],
    ['quote what is no number', '[{"id": 1,"title":"A"}]', 0, '1.2', '[{"id": "1.2","title":"A"}]'],
  ];
  for (const [title, before, place, id, after] of rows) {
    it(title, () => {
      assert.equal(rename(before, place, id), after);
    });
  }

  it('refuse an id that is taken', () => {
    const after = rename('- [ ] T1 A\n- [ ] T2 B', 0, 'T2');
    assert.equal(after, 'refused: “T2” is the id of a task already. Choose another.');
  });

  it('refuse an id that would not be read as one', () => {
    assert.match(rename('- [ ] T1 A', 0, 'some words'), /^refused: “T1” \(A\)/);
  });

  it('refuse a place at which there is no task any more', () => {
    const edits = renameIdEdits('- [ ] T1 A', 'tasks.md', { start: 3, end: 5 }, 'T2');
    assert.match(edited('', edits), /^refused: The plan has changed/);
  });
});

describe('a free id', () => {
  const rows: readonly (readonly [ids: readonly string[], like: string, free: string])[] = [
    [['T009', 'T012', 'T003'], 'T009', 'T013'],
    [['1.1', '1.3', '2.7'], '1.1', '1.4'],
    [['#4', '#12'], '#4', '#13'],
    [['API-7:', 'T1'], 'API-7', 'API-8'],
    [['T1', '1.1'], 'made-from-text-0', '1.2'],
    [[], 'anything', 'T1'],
  ];
  for (const [ids, like, free] of rows) {
    it(`beside ${ids.join(', ') || 'no ids'} and like ${like} is ${free}`, () => {
      const text = ids.map((id, place) => `- [ ] ${id} Title ${place}`).join('\n');
      assert.equal(freeId(outline(text), like), free);
    });
  }

  it('has the style of a JSON plan with words for ids', () => {
    const text = '[{"id":"setup-1","title":"A"},{"id":"api","title":"B"}]';
    assert.equal(freeId(outline(text), 'setup-1'), 'setup-2');
  });
});

describe('mending what is almost a marker', () => {
  const mend = (text: string, path = pathOf(text)) => {
    const marker = outline(text).tasks.flatMap(({ almostMarkers }) => almostMarkers)[0];
    assert.ok(marker !== undefined);
    return edited(text, mendMarkerEdits(text, path, marker.span, marker.suggestion));
  };

  it('writes the marker in its place', () => {
    assert.equal(mend('- [ ] A [P: Group-x] b\n- [ ] A b'), '- [ ] A [P:Group-x] b\n- [ ] A b');
  });

  it('writes it into a JSON string', () => {
    const text = '[{"id":"t","title":"\\"A\\" (P:Group-x)"}]';
    assert.equal(mend(text), '[{"id":"t","title":"\\"A\\" [P:Group-x]"}]');
  });

  it('refuses where there is no such thing any more', () => {
    const edits = mendMarkerEdits('- [ ] A', 'tasks.md', { start: 6, end: 7 }, '[P:Group-x]');
    assert.match(edited('', edits), /^refused: The plan has changed/);
  });
});
