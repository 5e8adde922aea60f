import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import type { ClosingStatus } from '../../../../src/tasks/format/format.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';
import { recordStatus } from '../../../../src/tasks/write/record-status.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const epic = '.claude/epics/login';
const path = asSourceId(`${epic}/002.md`);
const taskOf = (text: string): Task => {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).read(plain, path).tasks[0] ?? assert.fail();
};
const written = (text: string, status: ClosingStatus = 'completed') => {
  const planned = planStatusEdit(text, path, taskOf(text), status);
  if (!planned.ok) {
    return planned.failure.reason;
  }
  if (planned.value === 'unchanged') {
    return 'unchanged';
  }
  const { offset, length, text: word } = planned.value;
  return text.slice(0, offset) + word + text.slice(offset + length);
};

describe('the status of a ccpm task', () => {
  const cases: readonly (readonly [before: string, after: string])[] = [
    ['---\nstatus: open\n---\n', '---\nstatus: closed\n---\n'],
    ['---\nstatus: pending\n---\n', '---\nstatus: completed\n---\n'],
    [
      '---\r\nname: a\r\nstatus: open # now\r\n---\r\n',
      '---\r\nname: a\r\nstatus: closed # now\r\n---\r\n',
    ],
    ['---\rstatus: open\r---\rx', '---\rstatus: closed\r---\rx'],
    ['\uFEFF---\nstatus: open\n---\n', '\uFEFF---\nstatus: closed\n---\n'],
    ['---\n"status" :  "in-progress"\n---\n', '---\n"status" :  "closed"\n---\n'],
    ["---\nstatus: 'open'\n---", "---\nstatus: 'closed'\n---"],
    ['---\nstatus: &s open\nother: *s\n---\n', '---\nstatus: &s closed\nother: *s\n---\n'],
    ['---\nx: &s open\nstatus: *s\n---\n', '---\nx: &s open\nstatus: closed\n---\n'],
    ['---\nstatus: !!str open\n---\n', '---\nstatus: !!str closed\n---\n'],
    ['---\nstatus: null\nname: a\n---\n', '---\nstatus: closed\nname: a\n---\n'],
    ['---\nstatus:\nname: a\n---\n', '---\nstatus: closed\nname: a\n---\n'],
    ['---\nstatus: # none\nname: a\n---\n', '---\nstatus: closed # none\nname: a\n---\n'],
    ['---\nstatus: ""\n---\n', '---\nstatus: "closed"\n---\n'],
    ['---\nstatus: odd\n---\n', '---\nstatus: closed\n---\n'],
    ['---\nstatus: cancelled\n---\n', '---\nstatus: closed\n---\n'],
    ['--- \nname: a\n---\nstatus: open', '--- \nname: a\nstatus: closed\n---\nstatus: open'],
    [
      '---\r\n# c\r\n  name: a\r\n---\r\n',
      '---\r\n# c\r\n  name: a\r\n  status: closed\r\n---\r\n',
    ],
    ['---\nx:\n  status: open\n...\n', '---\nx:\n  status: open\nstatus: closed\n...\n'],
    ['---\n---\nx', '---\nstatus: closed\n---\nx'],
    ['---\n{name: a, status: open}\n---\n', '---\n{name: a, status: closed}\n---\n'],
    ['---\nstatus: Closed\n---\n', 'unchanged'],
    ['---\nstatus: completed\n---\n', 'unchanged'],
    ['---\n{name: a}\n---\n', 'malformed'],
    ['---\n{status, name: a}\n---\n', 'malformed'],
    ['---\nstatus: [open\n---\n', 'malformed'],
    ['# no front matter\n', 'malformed'],
  ];
  for (const [before, after] of cases) {
    it(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () => {
      assert.equal(written(before), after);
    });
  }

  it('stays what it was where the run failed or was cancelled', () => {
    for (const status of ['failed', 'cancelled'] as const) {
      assert.equal(written('---\nstatus: in-progress\n---\n', status), 'unchanged');
    }
  });

  const line = fc.constantFrom(
    'depends_on: [1, 002]',
    'parallel: true # yes',
    'github: "https://x/#1"',
    '# status: open',
    'notes: |\n  status: open\n  more',
    'größe: 🚀',
    '',
  );
  const status = fc.constantFrom(
    '',
    'status: open',
    "status:   'pending'  # why",
    'status: "in-progress"',
    'status:',
    'status: odd',
    'status: closed',
  );
  const file = fc
    .record({
      mark: fc.constantFrom('', '\uFEFF'),
      before: fc.uniqueArray(line),
      status,
      after: fc.uniqueArray(line),
      body: fc.constantFrom(
        '',
        '\n# A\n\n- [ ] `src/a.ts`\n',
        'status: open',
        '---\nstatus: open\n---\n',
      ),
      end: fc.constantFrom('\n', '\r\n', '\r'),
    })
    .map(({ mark, before, status: word, after, body, end }) => {
      const behind = after.filter((each) => each === '' || !before.includes(each));
      const keys: readonly string[] = [...before, word, ...behind];
      const lines = ['---', 'name: A', ...keys, '---', body].join('\n');
      return mark + lines.replaceAll('\n', end);
    });

  it('is all that changes of any file, byte for byte', () => {
    fc.assert(
      fc.property(file, (text) => {
        const before = taskOf(text);
        const after = written(text);
        if (before.status.status === 'completed') {
          assert.equal(after, 'unchanged');
          return;
        }
        const now = taskOf(after);
        assert.equal(now.status.status, 'completed');
        assert.deepEqual({ ...now, status: null }, { ...before, status: null });
        assert.equal(written(after), 'unchanged');
        const planned = planStatusEdit(text, path, before, 'completed');
        assert.ok(planned.ok && planned.value !== 'unchanged');
        const { offset, length, text: word } = planned.value;
        assert.match(
          `${text.slice(offset, offset + length)}→${word}`,
          /^(?:(?:open|in-progress|odd)→closed|pending→completed|→ closed|→status: closed(?:\r\n|\n|\r))$/,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('closing a task of an epic on disk', () => {
  let root: string;
  let plans: PlanStore;
  const file = (name: string) => join(root, epic, name);
  const put = (name: string, ...lines: readonly string[]) => {
    writeFileSync(file(name), lines.join('\r\n'));
  };
  const at = (id: string) =>
    [...plans.current().tasks.values()].find((task) => task.id === id) ?? assert.fail();
  beforeEach(async () => {
    root = temporaryDirectory();
    mkdirSync(join(root, epic), { recursive: true });
    put('001.md', '---', 'name: Add a table', 'status: open', '---', '');
    put('002.md', '---', 'name: Add a route', 'status: open', 'depends_on: [001]', '---', '');
    plans = await PlanStore.open(root);
  });
  afterEach(() => removeDirectory(root));

  it('changes its file, leaves the others alone, and is known at once', async () => {
    const other = readFileSync(file('002.md'), 'utf8');
    assert.deepEqual(await recordStatus(plans, at('001'), 'completed'), {
      ok: true,
      value: undefined,
    });
    assert.equal(
      readFileSync(file('001.md'), 'utf8'),
      '---\r\nname: Add a table\r\nstatus: closed\r\n---\r\n',
    );
    assert.equal(readFileSync(file('002.md'), 'utf8'), other);
    assert.equal(at('001').status.status, 'completed');
  });

  it('finds it under the number that it got meanwhile', async () => {
    const task = at('002');
    renameSync(file('002.md'), file('1234.md'));
    renameSync(file('001.md'), file('002.md'));
    await plans.readAll();
    assert.equal((await recordStatus(plans, task, 'completed')).ok, true);
    assert.match(readFileSync(file('1234.md'), 'utf8'), /status: closed/);
    assert.match(readFileSync(file('002.md'), 'utf8'), /status: open/);
  });

  it('is refused where another task has taken its number, and nothing changes', async () => {
    const task = at('002');
    rmSync(file('001.md'));
    put('002.md', '---', 'name: Add a form', 'status: open', '---', '');
    const before = readFileSync(file('002.md'), 'utf8');
    const outcome = await recordStatus(plans, task, 'completed');
    assert.ok(!outcome.ok);
    assert.match(outcome.failure, /“002” \(add a route\) is no longer in \S+ under/);
    assert.equal(readFileSync(file('002.md'), 'utf8'), before);
  });

  it('is refused where its file is gone', async () => {
    const task = at('002');
    rmSync(file('002.md'));
    await plans.readAll();
    const outcome = await recordStatus(plans, task, 'completed');
    assert.ok(!outcome.ok);
    assert.match(outcome.failure, /no longer/);
  });
});
