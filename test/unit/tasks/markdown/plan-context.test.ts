import { strict as assert } from 'node:assert';
import type { PlanContext } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import type { Reading } from '../../../../src/tasks/format/format.ts';
import { formatOf } from '../../../../src/tasks/read/formats.ts';

const TASK = '- [ ] T1 One\n';

function read(text: string, path = 'tasks.md'): Reading {
  return formatOf(path, text).read(text, asSourceId(path));
}

const contexts: readonly (readonly [
  what: string,
  matter: string,
  expected: Partial<PlanContext>,
])[] = [
  ['lists', 'requirements:\n  - fast\n  - small\n', { requirements: ['fast', 'small'] }],
  ['lists in brackets', 'decisions: [uuid, "a: b"]\n', { decisions: ['uuid', 'a: b'] }],
  ['a single text', 'constraints: TypeScript only\n', { constraints: ['TypeScript only'] }],
  [
    'texts with a colon',
    'constraints:\n - deadline: Dec 12\n',
    { constraints: ['deadline: Dec 12'] },
  ],
  ['what is below context', 'context:\n  decisions: [uuid]\n', { decisions: ['uuid'] }],
  ['numbers as they are written', 'requirements: [007, 1.50]\n', { requirements: ['007', '1.50'] }],
  ['nothing of other keys', 'title: Plan\ntags: [a]\n', {}],
];

describe('the front matter of a plan', () => {
  for (const [what, matter, expected] of contexts) {
    it(`gives the job ${what}`, () => {
      const { context, problems, tasks } = read(`---\n${matter}---\n${TASK}`);
      assert.deepEqual(context, {
        requirements: [],
        constraints: [],
        decisions: [],
        ...expected,
      });
      assert.deepEqual(problems, []);
      assert.deepEqual(
        tasks.map(({ id, place }) => [id, place.line]),
        [['T1', matter.split('\n').length + 2]],
      );
    });
  }

  it('counts in plans of spec-kit and OpenSpec too', () => {
    const matter = '---\nconstraints: [small]\n---\n';
    const specKit = read(`${matter}## Phase 1: Setup\n\n- [ ] T001 One\n`, 'specs/a/tasks.md');
    const openSpec = read(`${matter}## 1. Setup\n\n- [ ] 1.1 One\n`, 'openspec/changes/a/tasks.md');
    assert.deepEqual(
      [specKit, openSpec].map(({ context }) => context?.constraints),
      [['small'], ['small']],
    );
  });

  it('is a problem with its line where it is not YAML, and the tasks are read all the same', () => {
    const { context, problems, tasks } = read(
      `---\ntitle: x\nrequirements: a: b\n---\n${TASK}`,
      'docs/plan.md',
    );
    assert.deepEqual(context?.requirements, []);
    assert.deepEqual(tasks.length, 1);
    const [problem, ...more] = problems;
    assert.deepEqual(more, []);
    assert.deepEqual(problem?.place, { file: 'docs/plan.md', line: 3 });
    assert.equal(problem.code, 'front-matter');
    assert.match(problem.message, /not valid YAML here \(.*\)\. Put a text that has “: ”/);
  });

  it('is a problem with its line where something is no text, and the rest counts', () => {
    const { context, problems } = read(`---\ndecisions:\n  - one\n  - [two]\n---\n${TASK}`);
    assert.deepEqual(context?.decisions, ['one']);
    assert.deepEqual(
      problems.map(({ place, message }) => [place.line, message.slice(0, 29)]),
      [[4, '“decisions” has something oth']],
    );
  });

  it('is not made to be slow', () => {
    const { problems } = read(`---\na: ${'['.repeat(10_000)}\n---\n${TASK}`);
    assert.match(problems[0]?.message ?? '', /nested too deeply/);
  });

  for (const [what, text] of [
    ['there is none', TASK],
    ['two rules only look like it', `---\n\nSome words.\n\n---\n${TASK}`],
    ['there is nothing in it', `---\n---\n${TASK}`],
    ['it is not closed', `---\nrequirements: [fast]\n${TASK}`],
  ] as const) {
    it(`is not looked for where ${what}`, () => {
      const { context, problems } = read(text);
      assert.deepEqual([context, problems], [undefined, []]);
    });
  }

  it('is nobody’s problem in a text without tasks', () => {
    const { problems, context } = read('---\na: b: c\n---\n# Notes\n');
    assert.deepEqual([problems, context], [[], undefined]);
  });
});
