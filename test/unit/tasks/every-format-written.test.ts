import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Task } from '../../../src/coordinator/schema/task.ts';
import { PlanStore } from '../../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../../src/tasks/write/record-status.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

/** A plan of one format with a task called “Lay the path”, which is open. */
interface Written {
  readonly format: string;
  readonly file: string;
  readonly text: string;
  /** What closing it puts in the place of what. */
  readonly closed: readonly [from: string, to: string];
  /** The text without the task, and one where somebody else changed another task. */
  readonly without: string;
  readonly other: readonly [from: string, to: string];
}

const json = (status: string, other: string, with2 = true): string =>
  `{\n  "tasks": [\n    {"id": "1", "title": "Dig", "status": "${other}"}${
    with2 ? `,\n    {"id": "2", "title": "Lay the path", "status": "${status}"}` : ''
  }\n  ]\n}\n`;
const tag = (status: string, other: string, with2 = true): string =>
  `{\n  "master": {\n    "tasks": [\n      {"id": 1, "title": "Dig", "status": "${other}", "dependencies": [], "subtasks": []}${
    with2
      ? `,\n      {"id": 2, "title": "Lay the path", "status": "${status}", "dependencies": [], "subtasks": []}`
      : ''
  }\n    ]\n  }\n}\n`;

const FORMATS: readonly Written[] = [
  {
    format: 'a checklist',
    file: 'tasks.md',
    text: '# Garden\n\n- [ ] T1 Dig\n- [ ] T2 Lay the path\n',
    closed: ['[ ] T2', '[x] T2'],
    without: '# Garden\n\n- [ ] T1 Dig\n',
    other: ['[ ] T1', '[x] T1'],
  },
  {
    format: 'spec-kit',
    file: 'specs/001-garden/tasks.md',
    text: '# Tasks: Garden\n\n## Phase 1: Setup\n\n- [ ] T001 Dig in src/a.ts\n- [ ] T002 Lay the path\n',
    closed: ['[ ] T002', '[x] T002'],
    without: '# Tasks: Garden\n\n## Phase 1: Setup\n\n- [ ] T001 Dig in src/a.ts\n',
    other: ['[ ] T001', '[X] T001'],
  },
  {
    format: 'OpenSpec',
    file: 'openspec/changes/garden/tasks.md',
    text: '## 1. Ground\n\n- [ ] 1.1 Dig\n- [ ] 1.2 Lay the path\n',
    closed: ['[ ] 1.2', '[x] 1.2'],
    without: '## 1. Ground\n\n- [ ] 1.1 Dig\n',
    other: ['[ ] 1.1', '[x] 1.1'],
  },
  {
    format: 'JSON',
    file: 'tasks.json',
    text: json('pending', 'pending'),
    closed: ['"Lay the path", "status": "pending"', '"Lay the path", "status": "completed"'],
    without: json('', 'pending', false),
    other: ['"Dig", "status": "pending"', '"Dig", "status": "completed"'],
  },
  {
    format: 'Task Master',
    file: '.taskmaster/tasks/tasks.json',
    text: tag('pending', 'pending'),
    closed: ['"Lay the path", "status": "pending"', '"Lay the path", "status": "done"'],
    without: tag('', 'pending', false),
    other: ['"Dig", "status": "pending"', '"Dig", "status": "done"'],
  },
  {
    format: 'ccpm',
    file: '.claude/epics/garden/002.md',
    text: '---\nname: Lay the path\nstatus: open\ndepends_on: []\nparallel: true\n---\n\n# Lay the path\n',
    closed: ['status: open', 'status: closed'],
    without: '---\nname: Rake the leaves\nstatus: open\ndepends_on: []\nparallel: true\n---\n',
    other: ['parallel: true', 'parallel: false'],
  },
];

describe('closing a task, whatever format its plan has', () => {
  let root = '';
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => {
    removeDirectory(root);
  });
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const opened = async ({ file, text }: Pick<Written, 'file' | 'text'>) => {
    put(file, text);
    const plans = await PlanStore.open(root);
    const task = [...plans.current().tasks.values()].find(({ title }) => title === 'Lay the path');
    return { plans, task: task ?? assert.fail(`the task is not read from ${file}`) };
  };
  const close = ({ plans, task }: { plans: PlanStore; task: Task }) =>
    recordStatus(plans, task, 'completed');

  for (const each of FORMATS) {
    const [from, to] = each.closed;

    it(`changes nothing but its status in ${each.format} with a byte order mark and CRLF`, async () => {
      const text = `\uFEFF${each.text.replaceAll('\n', '\r\n')}`;
      const open = await opened({ file: each.file, text });
      assert.deepEqual(await close(open), { ok: true, value: undefined });
      const after = readFileSync(join(root, each.file), 'utf8');
      // Some formats note when it was closed, on a line of its own.
      const plain = after.replace(/updated: .*\r\n/, '');
      assert.equal(plain, text.replace(from, to));
    });

    it(`keeps what somebody else changed meanwhile in ${each.format}`, async () => {
      const open = await opened(each);
      const changed = each.text.replace(...each.other);
      assert.notEqual(changed, each.text);
      put(each.file, changed);
      assert.deepEqual(await close(open), { ok: true, value: undefined });
      const after = readFileSync(join(root, each.file), 'utf8').replace(/updated: .*\n/, '');
      assert.equal(after, changed.replace(from, to));
    });

    it(`names the task and the file where the task vanished from ${each.format}`, async () => {
      const open = await opened(each);
      put(each.file, each.without);
      const closed = await close(open);
      assert.match(
        closed.ok ? 'closed' : closed.failure,
        /(2|Lay the path).*(tasks|epics|garden)/s,
      );
      assert.equal(readFileSync(join(root, each.file), 'utf8'), each.without);
    });

    it(`says so where the file of ${each.format} vanished, and makes none`, async () => {
      const open = await opened(each);
      unlinkSync(join(root, each.file));
      const closed = await close(open);
      assert.ok(!closed.ok && closed.failure.length > 20, JSON.stringify(closed));
      assert.throws(() => readFileSync(join(root, each.file)));
    });
  }

  for (const broken of ['half-written', 'not UTF-8', 'binary']) {
    it(`leaves the other plans as they are where one becomes ${broken}`, async () => {
      for (const { file, text } of FORMATS) {
        put(file, text);
      }
      for (const each of FORMATS) {
        const bytes =
          broken === 'half-written'
            ? Buffer.from(each.text.slice(0, each.text.length / 2))
            : Buffer.from(broken === 'binary' ? [0, 1, 2, 0, 255] : [0x2d, 0xc3, 0x28, 0xff]);
        writeFileSync(join(root, each.file), bytes);
        const plans = await PlanStore.open(root);
        const files = new Set([...plans.current().tasks.values()].map(({ place }) => place.file));
        for (const other of FORMATS) {
          if (other !== each) {
            assert.ok(files.has(other.file), `${other.file} beside ${each.file}`);
          }
        }
        writeFileSync(join(root, each.file), each.text);
      }
    });
  }
});
