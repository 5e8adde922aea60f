import assert from 'node:assert/strict';
import { asSourceId } from '../../../../../src/shared/ids.ts';
import { shortSources } from '../../../../../src/views/tree/model/source-names.ts';

describe('the short names of sources', () => {
  const cases: readonly (readonly [sources: readonly string[], names: readonly string[]])[] = [
    [
      ['api/tasks.md', 'web/tasks.md'],
      ['api', 'web'],
    ],
    [
      ['tasks.md', 'TODO.md'],
      ['tasks.md', 'TODO.md'],
    ],
    [
      ['tasks.md', 'docs/tasks.md'],
      ['tasks.md', 'docs'],
    ],
    [
      ['specs/001-sign-in/tasks.md', 'specs/002-shop/tasks.md'],
      ['001-sign-in', '002-shop'],
    ],
    [
      ['a/specs/1/tasks.md', 'b/specs/1/tasks.md', 'b/plan.md'],
      ['a/specs/1/tasks.md', 'b/specs/1/tasks.md', 'b/plan.md'],
    ],
    [['one/tasks.md'], ['tasks.md']],
  ];
  for (const [sources, names] of cases) {
    it(`tell ${sources.join(', ')} apart as ${names.join(', ')}`, () => {
      const short = shortSources(sources.map(asSourceId));
      assert.deepEqual([...short.values()], names);
    });
  }
});
