import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { openSpecFormat } from '../../../../src/tasks/openspec/openspec-format.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';

const source = asSourceId('openspec/changes/add-login/tasks.md');
const read = (...lines: readonly string[]) => openSpecFormat.read(lines.join('\n'), source).tasks;
const facts = (...lines: readonly string[]) =>
  read(...lines).map(({ id, title, dependencies }) => [
    id,
    title,
    dependencies.map((key) => key.slice(source.length + 1)).join(' '),
  ]);

describe('an OpenSpec change', () => {
  it('has sections that come one after the other', () => {
    assert.deepEqual(
      facts(
        '# Tasks: `/opsx:login`',
        '> Prose with - [ ] 9.9 no task',
        '## 1. Setup',
        '- [x] 1.1 Create the table',
        '- [ ] 1.2 Migrate',
        '### 1.3 Later',
        '- [ ] 1.3.1 Clean up',
        '## 2. API',
        '- [ ] 2.1 Add the route',
        '- [ ] 2.2 Test it (depends on 2.1)',
        '## 3. Docs',
        '- [ ] 3.1 Write it down',
      ),
      [
        ['1.1', 'Create the table', ''],
        ['1.2', 'Migrate', ''],
        ['1.3.1', 'Clean up', ''],
        ['2.1', 'Add the route', '1.2 1.3.1'],
        ['2.2', 'Test it', '2.1'],
        ['3.1', 'Write it down', '2.1 2.2'],
      ],
    );
  });

  for (const [first, second] of [
    ['## 1) CLI', '## 2) Tests'],
    ['## 1 CLI', '## 2 Tests'],
    ['## Phase 1: CLI', '## Phase 2: Tests'],
    ['### 0. CLI', '### 1. Tests'],
    ['## **1.** CLI ##', '## **2.** Tests ##'],
  ] as const) {
    it(`counts “${first}” as numbered`, () => {
      const [, task] = read(first, '', '- [ ] 1.1 a', '', second, '', '- [ ] 2.1 b');
      assert.deepEqual(task?.dependencies, [`${source}#1.1`]);
    });
  }

  it('orders nothing by headings without numbers', () => {
    assert.deepEqual(
      facts(
        '## Now',
        '- [ ] 0.1 z',
        '## 1. A',
        '- [ ] 1.1 a',
        '## Notes',
        '- [ ] 8.1 n',
        '## 2. B',
        '- [ ] 2.1 b',
      ).map(([id, , waits]) => `${String(id)}: ${String(waits)}`),
      ['0.1: ', '1.1: ', '8.1: ', '2.1: 1.1'],
    );
  });

  it('knows no labels', () => {
    assert.deepEqual(facts('## 1. A', '- [ ] 1.1 [P] [US1] a'), [['1.1', '[P] [US1] a', '']]);
    assert.equal(read('## 1. A', '- [ ] 1.1 [P] a')[0]?.group, null);
  });

  it('has groups where markers say so', () => {
    assert.deepEqual(
      read('## 1. A', '- [ ] 1.1 [P:Group-db] a').map(({ group }) => group),
      [{ id: 'db', inferred: false }],
    );
  });

  const paths: readonly (readonly [path: string, format: string])[] = [
    ['openspec/changes/add-login/tasks.md', 'OpenSpec'],
    ['packages/a/openspec/changes/x/tasks.md', 'OpenSpec'],
    ['openspec/changes/archive/2025-01-01-x/tasks.md', 'Markdown'],
    ['openspec/changes/archive/tasks.md', 'Markdown'],
    ['openspec/changes/tasks.md', 'Markdown'],
    ['myopenspec/changes/x/tasks.md', 'Markdown'],
  ];
  for (const [path, format] of paths) {
    it(`${path} is read as ${format}`, () => {
      assert.equal(formatOf(path, '## 1. A\n- [ ] 1.1 a').name, format);
    });
  }

  it('is ticked like any checklist, renumbered or not', () => {
    const text = '## 1. New\r\n- [ ] 1.1 first\r\n## 2. A\r\n- [ ] 2.1 a\r\n';
    const planned = planStatusEdit(
      text,
      source,
      { source, id: '1.1', fingerprint: 'a' },
      'completed',
    );
    assert.deepEqual(planned, {
      ok: true,
      value: { offset: text.indexOf('[ ] 2.1') + 1, length: 1, text: 'x' },
    });
  });
});
