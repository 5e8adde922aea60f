import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { viewFor } from '../../../../src/coordinator/blackboard/blackboard.ts';
import {
  ROLE_OF_TYPE,
  roleNamed,
  ROLES,
  UNKNOWN_ROLE,
} from '../../../../src/coordinator/blackboard/roles.ts';
import {
  SHARED_FIELDS,
  type SharedField,
} from '../../../../src/coordinator/schema/blackboard-fields.ts';
import { blackboardSections } from '../../../../src/engine/prompt/write-prompt.ts';

const task = { group: 'auth', id: 'T1', title: 'Do T1', files: [], depends_on: [] };
const job = { job: 'run-1', task };
const fields = fc.uniqueArray(fc.constantFrom(...SHARED_FIELDS));
const roles = fc.oneof(
  fc
    .constantFrom(...Object.keys(ROLES), 'nobody-knows')
    .map((name) => ({ name, ...roleNamed(name, {}) })),
  fields.map((sees) => ({ name: 'custom', sees })),
);

/** Text that nothing but its field has: `<decisions-0>`. */
const marked = (field: SharedField, count: number): string[] =>
  Array.from({ length: count }, (_, place) => `<${field}-${place}>`);
const counts = fc.tuple(...SHARED_FIELDS.map(() => fc.integer({ min: 1, max: 4 })));

describe("a role's view of the blackboard", () => {
  it('has every field that the role sees and no other, in the file as in the prompt', () => {
    fc.assert(
      fc.property(roles, counts, (role, [a, b, c, d, e]) => {
        const board = {
          requirements: marked('requirements', a ?? 1),
          constraints: marked('constraints', b ?? 1),
          decisions: marked('decisions', c ?? 1),
          artifacts: Object.fromEntries(
            marked('artifacts', d ?? 1).map((text) => [text, { deep: [text] }]),
          ),
          findings: marked('findings', e ?? 1),
        };
        const view = viewFor(board, role, job);
        const file = JSON.stringify(view);
        const prompt = blackboardSections(view).join('\n');
        for (const field of SHARED_FIELDS) {
          const sees = role.sees.includes(field);
          assert.equal(file.includes(`<${field}-`), sees, `${field} in the file`);
          assert.equal(prompt.includes(`<${field}-`), sees, `${field} in the prompt`);
          assert.equal(field in view, sees);
        }
        assert.deepEqual(view.task, task);
      }),
    );
  });

  it('is the least for a role that nobody described', () => {
    assert.equal(roleNamed('nobody-knows', {}), UNKNOWN_ROLE);
    assert.deepEqual(UNKNOWN_ROLE, { sees: ['requirements', 'constraints'], writes: [] });
    for (const name of ['constructor', '__proto__', 'toString']) {
      assert.equal(roleNamed(name, {}), UNKNOWN_ROLE);
    }
  });

  it('is as a custom role says, but the built-in roles stay as they are', () => {
    const mine = { sees: ['findings' as const], writes: [] };
    assert.equal(roleNamed('auditor', { auditor: mine }), mine);
    assert.equal(roleNamed('drafter', { drafter: mine }), ROLES.drafter);
  });

  it('follows the table that docs/blackboard.md shows', async () => {
    const page = new URL('../../../../docs/blackboard.md', import.meta.url);
    const rows = tableRows(await readFile(page, 'utf8'), '| role |');
    const [, ...columns] = rows[0] ?? [];
    assert.deepEqual(columns, ['task', ...SHARED_FIELDS]);
    const documented = rows.slice(1).map(([name, own, ...cells]) => {
      assert.equal(own, 'sees');
      const having = (word: string): SharedField[] =>
        SHARED_FIELDS.filter((_, place) => cells[place]?.split(', ').includes(word));
      return [name, { sees: having('sees'), writes: having('writes') }];
    });
    assert.deepEqual(documented, [...Object.entries(ROLES), ['any other', UNKNOWN_ROLE]]);
  });

  it('belongs to a role that follows from the kind of work, as docs/blackboard.md shows', async () => {
    const page = new URL('../../../../docs/blackboard.md', import.meta.url);
    const [, ...rows] = tableRows(await readFile(page, 'utf8'), '| type |');
    const documented = rows.map(([types, role]) => (types ?? '').split(', ').map((t) => [t, role]));
    assert.deepEqual(Object.fromEntries(documented.flat()), ROLE_OF_TYPE);
  });
});

/** The cells of the table that begins so, without its rule. */
function tableRows(page: string, start: string): string[][] {
  const [table = ''] = page.slice(page.indexOf(start)).split('\n\n');
  return table
    .split('\n')
    .filter((line) => !/^\|[-| ]+\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}
