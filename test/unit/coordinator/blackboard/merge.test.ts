import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { merge } from '../../../../src/coordinator/blackboard/merge.ts';
import { roleNamed } from '../../../../src/coordinator/blackboard/roles.ts';
import { SHARED_FIELDS } from '../../../../src/coordinator/schema/blackboard-fields.ts';
import { board, posted, someResults } from '../../../support/coordinator/results.ts';

const CUSTOM = { scribe: { sees: [], writes: [...SHARED_FIELDS] } };

describe('merging what agents left into the blackboard', () => {
  it('gives the same board, byte for byte, whichever agent ends first', () => {
    fc.assert(
      fc.property(
        someResults.chain((results) =>
          fc.tuple(
            fc.constant(results),
            fc.shuffledSubarray(results, { minLength: results.length }),
          ),
        ),
        ([results, shuffled]) => {
          const base = board({ decisions: ['two'], artifacts: { api: 'v0' } });
          const [a, b] = [merge(base, results, CUSTOM), merge(base, shuffled, CUSTOM)];
          assert.equal(JSON.stringify(a), JSON.stringify(b));
        },
      ),
    );
  });

  it('keeps everything that the run began with, and repeats nothing', () => {
    fc.assert(
      fc.property(someResults, (results) => {
        const base = board({ requirements: ['zero', 'one'] });
        const { requirements } = merge(base, results, CUSTOM).board;
        assert.deepEqual(requirements.slice(0, 2), ['zero', 'one']);
        assert.equal(new Set(requirements).size, requirements.length);
      }),
    );
  });

  it('adds nothing to a field that the role of its author may not write', () => {
    fc.assert(
      fc.property(someResults, (results) => {
        for (const { by, field, effect, note } of merge(board(), results, CUSTOM).changes) {
          const allowed = roleNamed(by.role, CUSTOM).writes.includes(field);
          assert.equal(effect === 'refused', !allowed);
          assert.equal(note?.includes('may not write') === true, !allowed);
        }
      }),
    );
  });

  it('merges in the natural order of task ids: T2 before T10', () => {
    const results = [
      posted('T10', 'drafter', { decisions: ['ten', 'both'] }),
      posted('T2', 'drafter', { decisions: ['both', 'two'] }),
    ];
    assert.deepEqual(merge(board(), results, {}).board.decisions, ['both', 'two', 'ten']);
  });

  it('takes the artifact of the later id where two have the same name, and says so', () => {
    const results = [
      posted('T10', 'drafter', { artifacts: { api: 'of T10' } }, { at: 1 }),
      posted('T2', 'drafter', { artifacts: { api: 'of T2' } }, { at: 2 }),
    ];
    const merged = merge(board({ artifacts: { api: 'of the plan' } }), results, {});
    assert.deepEqual(merged.board.artifacts, { api: 'of T10' });
    assert.deepEqual(
      merged.changes.map(({ by, effect, note }) => [by.id, effect, note]),
      [
        ['T2', 'replaced', 'It replaces the one that the run began with.'],
        ['T10', 'replaced', 'It replaces the one of T2.'],
      ],
    );
  });

  it('refuses what a role may not write, and keeps it for the history', () => {
    const result = { requirements: ['faster'], findings: ['slow'] };
    const { board: merged, changes } = merge(board(), [posted('T1', 'drafter', result)], {});
    assert.deepEqual([merged.requirements, merged.findings], [[], []]);
    assert.deepEqual(
      changes.map(({ field, value, effect, note }) => [field, value, effect, note]),
      [
        [
          'requirements',
          'faster',
          'refused',
          'The role drafter may not write requirements, so it was left out.',
        ],
        [
          'findings',
          'slow',
          'refused',
          'The role drafter may not write findings, so it was left out.',
        ],
      ],
    );
  });

  it('takes names for what they are, __proto__ too', () => {
    const artifacts: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    assert.ok(typeof artifacts === 'object' && artifacts !== null);
    const result = { artifacts: Object.fromEntries(Object.entries(artifacts)) };
    const merged = merge(board(), [posted('T1', 'drafter', result)], {}).board;
    assert.deepEqual(Object.keys(merged.artifacts), ['__proto__']);
    assert.equal('polluted' in merged.artifacts, false);
  });
});
