import assert from 'node:assert/strict';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { specKitFormat } from '../../../../src/tasks/spec-kit/spec-kit-format.ts';

const source = asSourceId('specs/001-login/tasks.md');
const read = (...lines: readonly string[]) => specKitFormat.read(lines.join('\n'), source);
const names = (task: Task) => task.dependencies.map((key) => key.slice(source.length + 1));
const facts = (...lines: readonly string[]) =>
  read(...lines).tasks.map((task) => [
    task.id,
    task.title,
    task.group?.id ?? null,
    names(task).join(' '),
  ]);
const groups = (...lines: readonly string[]) =>
  read(...lines).tasks.map(({ id, group }) => `${id} ${group?.id ?? '–'}`);

describe('a spec-kit plan', () => {
  it('is read with phases in order and runs of [P] as groups', () => {
    assert.deepEqual(
      facts(
        '---',
        'description: "Task list"',
        '---',
        '# Tasks: Login',
        '## Format: `[ID] [P?] [Story] Description`',
        '- **[P]**: Can run in parallel',
        '## Phase 1: Setup (Shared Infrastructure)',
        '- [x] T001 Create the project',
        '- [ ] T002 [P] Configure linting in `eslint.config.js`',
        '## Phase 2: Foundational',
        '- [ ] T003 [P] Create a schema',
        '- [ ] T004 [P] Create a router',
        '- [ ] T005 Wire both',
        '- [ ] T006 [P] Log',
        '## Phase 3: User Story 1 - Create an account (Priority: P1) 🎯 MVP',
        '### Tests for User Story 1',
        '- [ ] T010 [P] [US1] Contract test',
        '### Implementation',
        '- [ ] T012 [P] [US1] Create model in `src/models/entity.py`',
        '- [ ] T014 [US1] Implement service (depends on T012)',
        '**Checkpoint**: story 1 works',
        '## Phase N: Polish',
        '- [ ] T020 [P] Docs',
        '## Dependencies & Execution Order',
        '- **Setup (Phase 1)**: T001 first',
        '- [ ] T012 before T014',
        '| T012 | [P] |',
        '## Parallel Example',
        '```bash',
        '- [ ] T013 [P] [US1] in a fence',
        '```',
        '## Notes',
        '- [ ] Commit after each task',
      ),
      [
        ['T001', 'Create the project', null, ''],
        ['T002', 'Configure linting in `eslint.config.js`', 'phase-1-a', ''],
        ['T003', 'Create a schema', 'phase-2-a', 'T002'],
        ['T004', 'Create a router', 'phase-2-a', 'T002'],
        ['T005', 'Wire both', null, 'T003 T004 T002'],
        ['T006', 'Log', 'phase-2-b', 'T002'],
        ['T010', 'Contract test', 'phase-3-us1-a', 'T003 T004 T005 T006'],
        ['T012', 'Create model in `src/models/entity.py`', 'phase-3-us1-a', 'T003 T004 T005 T006'],
        ['T014', 'Implement service', null, 'T012'],
        ['T020', 'Docs', 'phase-n-a', 'T010 T012 T014'],
      ],
    );
  });

  it('has groups that are inferred, unless they are written', () => {
    const { tasks, problems } = read(
      '## Phase 1: Setup',
      '- [ ] T001 [P] a',
      '- [ ] T002 [P] [P:Group-mine] b',
      '- [ ] T003 [P] c',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tasks.map(({ group }) => group),
      [
        { id: 'phase-1-a', inferred: true },
        { id: 'mine', inferred: false },
        { id: 'phase-1-a', inferred: true },
      ],
    );
  });

  const recognised: readonly (readonly [path: string, text: string, format: string])[] = [
    ['specs/001-x/tasks.md', '', 'spec-kit'],
    ['apps/web/specs/x/tasks.md', '- [ ] no ids', 'spec-kit'],
    ['specs/tasks.md', '- [ ] T001 a', 'Markdown'],
    ['specs/x/y/tasks.md', '- [ ] T001 a', 'Markdown'],
    ['plan.md', '## Phase 1: Setup\n\n- [ ] T001 [P] a', 'spec-kit'],
    ['plan.md', '## **Phase 2**: Setup\r\n- [X] **T001** a', 'spec-kit'],
    ['plan.md', '## Phase 1: Setup\n- [ ] 1.1 a', 'Markdown'],
    ['plan.md', '## Setup\n- [ ] T001 a', 'Markdown'],
    ['plan.md', '## Phase 1\n- [ ] T1 a', 'Markdown'],
    ['openspec/changes/x/tasks.md', '## Phase 1: Setup\n- [ ] T001 a', 'OpenSpec'],
  ];
  for (const [path, text, format] of recognised) {
    it(`${path} with ${JSON.stringify(text)} is read as ${format}`, () => {
      assert.equal(formatOf(path, text).name, format);
    });
  }
});

describe('the labels of a spec-kit task', () => {
  const titles: readonly (readonly [line: string, id: string, title: string])[] = [
    ['- [ ] T012 [P] [US1] Create it', 'T012', 'Create it'],
    ['- [ ] T012 [US1] [P] Create it', 'T012', 'Create it'],
    ['- [ ] T012 [P][US1] Create it', 'T012', 'Create it'],
    ['- [ ] [P] T012 Create it', 'T012', 'Create it'],
    ['- [ ] **T012** **[P]** Create it', 'T012', 'Create it'],
    ['- [ ] T012: [p] [us1] Create it', 'T012', 'Create it'],
    ['- [ ] T012 [US1, US2] Create it', 'T012', 'Create it'],
    ['- [ ] T012 Create it [P]', 'T012', 'Create it'],
    ['- [ ] T012 Write about `[P]` and `` `[US1] ``', 'T012', 'Write about `[P]` and `` `[US1] ``'],
    ['- [ ] T012 Use arr[P1] and [USA]', 'T012', 'Use arr[P1] and [USA]'],
  ];
  for (const [line, id, title] of titles) {
    it(`are taken out of “${line}”`, () => {
      const [task] = read('## Phase 1', line).tasks;
      assert.deepEqual([task?.id, task?.title], [id, title]);
    });
  }

  it('are no part of what recognises a task', () => {
    const identity = (line: string) => {
      const [task] = read('## Phase 1', line).tasks;
      return [task?.id, task?.fingerprint];
    };
    assert.deepEqual(identity('- [ ] T012 [P] [US1] Do'), identity('- [ ] T012 Do'));
    assert.deepEqual(identity('- [ ] [P] Do'), identity('- [ ] Do'));
  });

  it('mean nothing in descriptions', () => {
    assert.deepEqual(groups('## Phase 1', '- [ ] T001 a', '  [P] tasks are elsewhere'), ['T001 –']);
  });
});

describe('a run of [P]', () => {
  it('ends at a task without, and at the end of its phase', () => {
    assert.deepEqual(
      groups(
        '## Phase 1: A',
        '- [ ] T001 [P] a',
        '- [ ] T002 b',
        '- [x] T003 [P] c',
        '- [ ] T004 [P] d',
        '## Phase 2: B',
        '- [ ] T005 [P] e',
      ),
      ['T001 phase-1-a', 'T002 –', 'T003 phase-1-b', 'T004 phase-1-b', 'T005 phase-2-a'],
    );
  });

  it('goes on over smaller headings and the steps of a task', () => {
    assert.deepEqual(
      groups(
        '## Phase 1: A',
        '- [ ] T001 [P] a',
        '  - [ ] first step',
        '### More',
        '- [ ] T002 [P] b',
      ).filter((each) => each.startsWith('T')),
      ['T001 phase-1-a', 'T002 phase-1-a'],
    );
  });

  it('stays the same group when its tasks are ticked', () => {
    const plan = (mark: string) =>
      groups('## Phase 1', `- [${mark}] T001 [P] a`, '- [ ] T002 [P] b');
    assert.deepEqual(plan(' '), plan('x'));
  });

  it('is named after the phase and the story of the tasks, else of the heading', () => {
    const name = (heading: string, label = '') =>
      read(heading, `- [ ] T001 [P] ${label} a`).tasks[0]?.group?.id;
    assert.equal(name('## Phase 3: User Story 1 - X'), 'phase-3-us1-a');
    assert.equal(name('## Phase 3: User Story 1 - X', '[US2]'), 'phase-3-us2-a');
    assert.equal(name('## Phase 3.1: Setup'), 'phase-3.1-a');
    assert.equal(name('## Phase N: Polish'), 'phase-n-a');
    assert.equal(name('## Polish & Cross-Cutting'), 'polish-cross-cutting-a');
    assert.equal(name('Phase 4: Underlined\n---'), 'phase-4-a');
    assert.equal(name('no heading at all'), 'tasks-a');
  });

  it('is counted on where two phases have one name, and behind z', () => {
    const many = Array.from({ length: 28 }, (_, index) => [
      `- [ ] T${100 + index} [P] p${index}`,
      `- [ ] T${200 + index} s${index}`,
    ]).flat();
    const names = groups(
      '## Phase 1',
      '- [ ] T001 [P] x',
      '## Notes',
      '## Phase 1: Again',
      ...many,
    );
    assert.equal(names[0], 'T001 phase-1-a');
    assert.equal(names[1], 'T100 phase-1-b');
    assert.equal(names.at(-2), 'T127 phase-1-ac');
  });
});

describe('a task that is named again', () => {
  it('outside of the phases is none, and a second one in the phases stays one', () => {
    const { tasks } = read(
      '## Overview',
      '- [ ] T001 a',
      '## Phase 1',
      '- [ ] T001 a',
      '- [ ] T001 again',
      '## Validation Checklist',
      '- [ ] All contracts have tests',
      '- [ ] T001 a',
      '- [ ] T050 A late one',
    );
    assert.deepEqual(
      tasks.map(({ id, place }) => `${id} ${place.line}`),
      ['T001 4', 'T001 5', 'T050 9'],
    );
  });
});

describe('closing a task of a spec-kit plan', () => {
  const lines = [
    '## Phase 1',
    '- [ ] T001 [P] a',
    '- [ ] T002 [P] [US1] b',
    '## Notes',
    '- [ ] T002 b',
  ];
  const task = { source, id: 'T002', fingerprint: 'b' };

  it('ticks its box and no other', () => {
    const text = lines.join('\r\n');
    assert.deepEqual(planStatusEdit(text, source, task, 'completed'), {
      ok: true,
      value: { offset: text.indexOf('[ ] T002') + 1, length: 1, text: 'x' },
    });
  });

  it('finds it in a plan that was renumbered, re-labelled and re-ordered meanwhile', () => {
    const text = '## Phase 1\n- [ ] T002 [P] a\n## Phase 4\n- [ ] T017 [US3] b\n';
    assert.deepEqual(planStatusEdit(text, source, task, 'completed'), {
      ok: true,
      value: { offset: text.indexOf('[ ] T017') + 1, length: 1, text: 'x' },
    });
  });

  it('is known to the editor by the same identity', () => {
    const tasks = specKitFormat.read(lines.join('\n'), source).tasks;
    assert.deepEqual(
      outlineOf(lines.join('\n'), source)?.tasks.map(({ id, fingerprint }) => [id, fingerprint]),
      tasks.map(({ id, fingerprint }) => [id, fingerprint]),
    );
  });
});
