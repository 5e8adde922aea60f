import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { specKitFormat } from '../../../../src/tasks/spec-kit/spec-kit-format.ts';

const source = asSourceId('specs/001-login/tasks.md');
const read = (...lines: readonly string[]) => specKitFormat.read(lines.join('\n'), source);
const names = (task: Task) => task.dependencies.map((key) => key.slice(source.length + 1));
const waits = (...lines: readonly string[]) =>
  Object.fromEntries(read(...lines).tasks.map((task) => [task.id, names(task).join(' ')]));

describe('the order of phases', () => {
  it('passes over phases that are done, and reaches back behind those with written dependencies only', () => {
    assert.deepEqual(
      waits(
        '## Phase 1',
        '- [ ] T001 a',
        '## Phase 2',
        '- [x] T002 b',
        '## Phase 3',
        '- [ ] T003 c (depends on T002)',
        '## Phase 4',
        '- [ ] T004 d',
        '## Phase 5',
        '- [ ] T005 e',
      ),
      { T001: '', T002: 'T001', T003: 'T002', T004: 'T001 T003', T005: 'T004' },
    );
  });

  it('holds for phases without numbers, and for tasks before the first', () => {
    assert.deepEqual(
      waits('- [ ] T001 a', '## Phase One', '- [ ] T002 b', '## Polish', '- [ ] T003 c'),
      { T001: '', T002: 'T001', T003: 'T002' },
    );
    assert.deepEqual(waits('## Setup', '- [ ] T001 a', '## Core', '- [ ] T002 b'), {
      T001: '',
      T002: 'T001',
    });
  });

  it('has a task without [P] wait for those with it that stand before it in its phase', () => {
    assert.deepEqual(
      waits(
        '## Phase 1',
        '- [ ] T001 a',
        '- [ ] T002 [P] b',
        '- [x] T003 [P] c',
        '- [ ] T004 d',
        '- [ ] T005 [P] e',
        '- [ ] T006 f (depends on T001)',
        '- [ ] T007 g',
        '## Phase 2',
        '- [ ] T008 [P] h',
      ),
      {
        T001: '',
        T002: '',
        T003: '',
        T004: 'T002',
        T005: '',
        T006: 'T001',
        T007: 'T002 T005',
        T008: 'T001 T002 T004 T005 T006 T007',
      },
    );
  });

  it('makes no task wait for one that waits for it', () => {
    assert.deepEqual(
      waits('## Phase 1', '- [ ] T001 [P] a (depends on T002)', '- [ ] T002 b', '- [ ] T003 c'),
      { T001: 'T002', T002: '', T003: '' },
    );
  });

  it('does not hold for a task that says what it depends on, be it nothing', () => {
    assert.deepEqual(
      waits(
        '## Phase 1',
        '- [ ] T001 a',
        '- [ ] T002 b',
        '## Phase 2',
        '- [ ] T003 c (depends on nothing)',
        '- [ ] T004 d (depends on T001)',
      ),
      { T001: '', T002: '', T003: '', T004: 'T001' },
    );
  });

  it('understands ranges, phases and stories as dependencies', () => {
    assert.deepEqual(
      waits(
        '## Phase 1',
        '- [ ] T001 a',
        '- [ ] T002 b',
        '- [ ] T004 d',
        '## Phase 2',
        '- [ ] T010 [US1] e (depends on T001–T004)',
        '- [ ] T011 f (depends on Phase 1)',
        '- [ ] T012 g (depends on US1 and T099)',
      ),
      {
        T001: '',
        T002: '',
        T004: '',
        T010: 'T001 T002 T004',
        T011: 'T001 T002 T004',
        T012: 'T010 T099',
      },
    );
  });

  it('adds tasks that stand before and that a sentence depends on', () => {
    assert.deepEqual(
      waits(
        '## Phase 1',
        '- [ ] T001 a',
        '- [ ] T002 b (see plan.md; depends on T001)',
        '- [ ] T003 c — depends on T001,',
        '  T002 and T004',
        '- [ ] T004 d; depends on T009',
      ),
      { T001: '', T002: 'T001', T003: 'T001 T002', T004: '' },
    );
  });

  it('makes a task wait for its own steps, and those for the phase before', () => {
    assert.deepEqual(
      waits('## Phase 1', '- [ ] T001 a', '## Phase 2', '- [ ] T002 b', '  - [ ] T003 step'),
      { T001: '', T002: 'T003 T001', T003: 'T001' },
    );
  });

  it('takes no memory beyond the plan’s own where phases are huge', () => {
    const phase = (number: number) => [
      `## Phase ${number}`,
      ...Array.from(
        { length: 2000 },
        (_, index) => `- [ ] T${number * 10_000 + index} [P] t${index}`,
      ),
    ];
    const { tasks } = read(...phase(1), ...phase(2));
    assert.equal(tasks.length, 4000);
    const edges = tasks.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
    assert.equal(edges, 2000 + 1999);
  });
});

interface Drawn {
  readonly done: boolean;
  /** `null`: nothing is written; else how many of the tasks before are named. */
  readonly named: number | null;
}

/** Every unfinished task that each one has to wait for, directly or not. */
function closure(waiting: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map(
    [...waiting.keys()].map((id) => {
      const all = new Set<string>();
      const open = [...(waiting.get(id) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (all.has(next)) {
          continue;
        }
        all.add(next);
        open.push(...(waiting.get(next) ?? []));
      }
      return [id, [...all].sort().join(' ')];
    }),
  );
}

describe('the dependencies that phases imply', () => {
  const task = fc.record<Drawn>({
    done: fc.boolean(),
    named: fc.option(fc.nat(2), { freq: 2 }),
  });
  const phases = fc.array(fc.array(task, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });

  it('say, taken together, that every unfinished task of the phases before comes first', () => {
    fc.assert(
      fc.property(phases, (plan) => {
        const lines: string[] = [];
        const expected = new Map<string, readonly string[]>();
        const done = new Set<string>();
        const all: string[] = [];
        for (const [number, tasks] of plan.entries()) {
          lines.push(`## Phase ${number + 1}`);
          const before = all.filter((id) => !done.has(id));
          for (const drawn of tasks) {
            const id = `T${100 + all.length}`;
            const named = drawn.named === null ? [] : all.slice(0, drawn.named);
            const words = named.length === 0 ? 'nothing' : named.join(', ');
            const written = drawn.named === null ? '' : ` (depends on ${words})`;
            lines.push(`- [${drawn.done ? 'x' : ' '}] ${id} a${written}`);
            expected.set(id, drawn.named === null ? before : named);
            if (drawn.done) {
              done.add(id);
            }
            all.push(id);
          }
        }
        const open = (ids: ReadonlyMap<string, readonly string[]>) =>
          new Map(
            [...ids]
              .filter(([id]) => !done.has(id))
              .map(([id, waiting]) => [id, waiting.filter((each) => !done.has(each))] as const),
          );
        const found = new Map(read(...lines).tasks.map((each) => [each.id as string, names(each)]));
        assert.deepEqual(closure(open(found)), closure(open(expected)));
      }),
      { numRuns: 500 },
    );
  });
});
