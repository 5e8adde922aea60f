import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { markdownFormat } from '../../../../src/tasks/markdown/markdown-format.ts';

const source = asSourceId('tasks.md');
const read = (...lines: readonly string[]) => markdownFormat.read(lines.join('\n'), source);

describe('the id of an item without one', () => {
  const idOf = (...lines: readonly string[]) => read(...lines).tasks.at(-1)?.id ?? '';
  const plain = idOf('# Plan', '## 1. Models', '- [ ] Create the user model');

  it('can be read and typed', () => assert.match(plain, /^create-the-user-model-[0-9a-f]{6}$/));

  const same: readonly (readonly [string, readonly string[]])[] = [
    [
      'a marker is added',
      ['# Plan', '## 1. Models', '- [ ] [P:Group-a] Create the user model [Files: x]'],
    ],
    ['it is ticked', ['# Plan', '## 1. Models', '- [x] Create the user model']],
    ['sections are renumbered', ['# Plan', '## 7. Models', '- [ ] Create the user model']],
    [
      'others come before it',
      ['# Plan', '## 1. Models', '- [ ] New', '- [ ] Create the user model'],
    ],
    [
      'it gets a description',
      ['# Plan', '## 1. Models', '- [ ] Create the user model', '  in Rust'],
    ],
    ['case and spacing change', ['# plan', '## 1. Models', '* [ ]  Create  the User model']],
    [
      'other headings stand between',
      ['# Plan', '## X', '### Y', '## 1. Models', '- [ ] Create the user model'],
    ],
  ];
  for (const [what, lines] of same) {
    it(`stays when ${what}`, () => assert.equal(idOf(...lines), plain));
  }

  const different: readonly (readonly [string, readonly string[]])[] = [
    ['another heading', ['# Plan', '## 1. Views', '- [ ] Create the user model']],
    ['another parent', ['# Plan', '## 1. Models', '- [ ] Parent', '  - [ ] Create the user model']],
    [
      'an equal one before it',
      ['# Plan', '## 1. Models', '- [ ] Create the user model', '- [ ] Create the user model'],
    ],
  ];
  for (const [what, lines] of different) {
    it(`is another one with ${what}`, () => assert.notEqual(idOf(...lines), plain));
  }

  it('is one of many Unicode words or of none', () => {
    assert.match(idOf('- [ ] Größe ändern'), /^größe-ändern-[0-9a-f]{6}$/);
    assert.match(idOf('- [ ] 🚀'), /^task-[0-9a-f]{6}$/);
    assert.match(idOf(`- [ ] ${'x'.repeat(100)}`), /^x{32}-[0-9a-f]{6}$/);
  });
});

describe('numbers alone', () => {
  it('are ids where each is unique', () => {
    const { tasks } = read('- [ ] 1. a', '- [ ] 2. b', '  - [ ] 2.1 c');
    assert.deepEqual(
      tasks.map(({ id, title }) => `${id} ${title}`),
      ['1 a', '2 b', '2.1 c'],
    );
  });

  it('are numbering where they start anew', () => {
    const { tasks } = read('# A', '- [ ] 1. a', '# B', '- [ ] 1. b');
    assert.deepEqual(
      tasks.map(({ title }) => title),
      ['a', 'b'],
    );
    assert.deepEqual(
      tasks.map(({ id }) => id.replace(/[0-9a-f]{6}$/, '')),
      ['a-', 'b-'],
    );
  });
});

describe('ticking a box', () => {
  const planned = (text: string, id: string, fingerprint: string) =>
    markdownFormat.edits(text, source)({ id, fingerprint, source }, 'completed');

  it('is an edit of one character', () => {
    assert.deepEqual(planned('# A\r\n- [ ] T1 a\r\n- [ ] T2 b\r\n', 'T2', 'b'), {
      ok: true,
      value: { offset: 20, length: 1, text: 'x' },
    });
  });

  it('is nothing where it is ticked', () => {
    assert.deepEqual(planned('- [X] T2 b', 'T2', 'b'), { ok: true, value: 'unchanged' });
  });

  it('is nothing for failed and cancelled, which a box cannot say', () => {
    for (const status of ['failed', 'cancelled'] as const) {
      const task = { id: 'T2', fingerprint: 'b', source };
      assert.deepEqual(markdownFormat.edits('- [ ] T2 b', source)(task, status), {
        ok: true,
        value: 'unchanged',
      });
    }
  });

  it('is refused with a sentence where the task is gone or could be several', () => {
    const missing = planned('- [ ] T2 rewritten', 'T2', 'b');
    assert.ok(!missing.ok);
    assert.equal(missing.failure.reason, 'missing');
    assert.match(
      missing.failure.message,
      /“T2” \(b\) is no longer in tasks\.md under.*Mark it by hand\./,
    );
    const ambiguous = planned('- [ ] T7 b\n- [ ] T8 b', 'T2', 'b');
    assert.ok(!ambiguous.ok);
    assert.equal(ambiguous.failure.reason, 'ambiguous');
  });
});
