import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { PlanFinder } from '../../../../src/tasks/plans/recognise.ts';
import { FORMATS } from '../../../../src/tasks/read/formats.ts';
import { readSource } from '../../../../src/tasks/read/read-source.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const CHECKLIST = '- [ ] A [P:Group-x]\n';
const CASES: readonly (readonly [file: string, text: string, format: string])[] = [
  ['tasks.md', CHECKLIST, 'Markdown'],
  // A folder named like spec-kit's holds whatever its user writes there.
  ['specs/tasks.md', CHECKLIST, 'Markdown'],
  ['.kiro/specs/shop/tasks.md', '- [ ] 1. Set up\n- [ ] 2. Build\n', 'Markdown'],
  ['apps/web/.kiro/specs/shop/tasks.md', '- [ ] 1. Set up\n', 'Markdown'],
  ['specs/001-shop/tasks.md', '## Phase 1: Setup\n\n- [ ] T001 Set up\n', 'spec-kit'],
  ['docs/plan.md', '## Phase 1: Setup\n\n- [ ] T001 Set up\n', 'spec-kit'],
  ['openspec/changes/add-shop/tasks.md', '## 1. Shop\n\n- [ ] 1.1 Build\n', 'OpenSpec'],
  ['plan.tasks.json', '[{ "id": "a", "description": "A" }]', 'JSON'],
  [
    '.taskmaster/tasks/tasks.json',
    '{ "master": { "tasks": [{ "id": 1, "title": "A", "status": "pending" }] } }',
    'Task Master',
  ],
  ['.claude/epics/shop/001.md', '---\nname: a\nstatus: open\n---\n', 'ccpm'],
];

describe('the format of a plan', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));

  for (const [file, text, format] of CASES) {
    it(`${file} is ${format}, as the reader that read it says`, async () => {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
      const snapshot = await readSource(root, asSourceId(file), false);
      assert.ok(snapshot !== null && snapshot.tasks.length > 0);
      assert.equal(snapshot.format, format);
      const { groups } = assemblePlan([snapshot]);
      assert.deepEqual([...new Set(groups.map((group) => group.format))], [format]);
    });
  }

  it('is tried above, for every format', () => {
    const tried = new Set(CASES.map(([, , format]) => format));
    const missing = FORMATS.filter(({ name }) => !tried.has(name)).map(
      ({ name }) => `Add a plan of the format ${name} to CASES in this file.`,
    );
    assert.ok(missing.length === 0, missing.join('\n'));
  });

  it('is found by its name, without a setting', () => {
    const missed = CASES.map(([file]) => file)
      .filter((file) => !new PlanFinder().isPlanFile(file))
      .map((file) => `Add the name ${file} to NAMES or PATHS in src/tasks/plans/recognise.ts.`);
    assert.ok(missed.length === 0, missed.join('\n'));
  });

  it('is described in docs/task-formats.md, for every format', () => {
    const page = readFileSync(new URL('../../../../docs/task-formats.md', import.meta.url), 'utf8');
    const missing = FORMATS.filter(({ name }) => !new RegExp(`^## .*${name}`, 'm').test(page)).map(
      ({ name }) => `Describe the format below a heading “## ${name}” in docs/task-formats.md.`,
    );
    assert.ok(missing.length === 0, missing.join('\n'));
  });

  it('is empty for a file that could not be read', async () => {
    writeFileSync(path.join(root, 'tasks.md'), Buffer.from([0xff, 0xfe, 0x00]));
    assert.equal((await readSource(root, asSourceId('tasks.md'), false))?.format, '');
  });
});
