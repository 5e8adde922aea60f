import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  attribute,
  type AttributionFacts,
} from '../../../../src/verification/evidence/attribution.ts';

const NOTHING: AttributionFacts = {
  changed: [],
  edits: [],
  files: [],
  otherEdits: [],
  otherFiles: [],
  overlapping: true,
};

interface Row {
  readonly title: string;
  readonly facts: Partial<AttributionFacts>;
  readonly own: readonly string[];
  readonly declared?: readonly string[];
  readonly unnamed?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    title: 'counts what its tool events name and what did change',
    facts: { changed: ['a', 'b'], edits: ['./a', 'never'] },
    own: ['a'],
    unnamed: ['b'],
  },
  {
    title: 'counts nothing that it named and that is as it was',
    facts: { changed: [], edits: ['a'] },
    own: [],
  },
  {
    title: 'counts what its task names, and says that nobody said so',
    facts: { changed: ['src/a', 'b'], files: ['src/'], edits: ['b'] },
    own: ['src/a', 'b'],
    declared: ['src/a'],
  },
  {
    title: 'counts nothing that its task names and another named as its own',
    facts: { changed: ['src/a'], files: ['src'], otherEdits: ['src\\a'] },
    own: [],
  },
  {
    title: 'counts what both named for both',
    facts: { changed: ['a'], edits: ['a'], otherEdits: ['a'] },
    own: ['a'],
  },
  {
    title: 'counts what nobody named for nobody that was not alone',
    facts: { changed: ['a', 'b'], otherEdits: ['b'] },
    own: [],
    unnamed: ['a'],
  },
  {
    title: 'does not show what the task of another names',
    facts: { changed: ['src/a', 'b'], otherFiles: ['src/'] },
    own: [],
    unnamed: ['b'],
  },
  {
    title: 'counts what nobody named for one that was alone and named nothing',
    facts: { changed: ['a', 'b'], overlapping: false },
    own: ['a', 'b'],
  },
  {
    title: 'shows what nobody named beside what one named that was alone',
    facts: { changed: ['a', 'b'], edits: ['a'], overlapping: false },
    own: ['a'],
    unnamed: ['b'],
  },
];

describe('whose a changed file is', () => {
  for (const { title, facts, own, declared = [], unnamed = [] } of ROWS) {
    it(title, () => {
      assert.deepEqual(attribute({ ...NOTHING, ...facts }), { own, declared, unnamed });
    });
  }

  it('is never told of a file that did not change, nor twice', () => {
    const paths = fc.uniqueArray(fc.constantFrom('a', 'b', 'c/d', 'c/e'));
    const facts = fc.record({
      changed: paths,
      edits: paths,
      files: fc.uniqueArray(fc.constantFrom('a', 'c')),
      otherEdits: paths,
      otherFiles: fc.uniqueArray(fc.constantFrom('b', 'c')),
      overlapping: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const { own, declared, unnamed } = attribute(given);
        const all = [...own, ...unnamed];
        assert.equal(new Set(all).size, all.length);
        assert.ok(all.every((path) => new Set<string>(given.changed).has(path)));
        assert.ok(declared.every((path) => own.includes(path)));
        // Whoever named nothing, of a task that names nothing, is excused by nobody's change.
        if (given.overlapping && given.edits.length + given.files.length === 0) {
          assert.deepEqual(own, []);
        }
      }),
    );
  });
});
