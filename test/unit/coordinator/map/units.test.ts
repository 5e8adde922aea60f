import assert from 'node:assert/strict';
import { parseUnits } from '../../../../src/coordinator/map/units.ts';

describe('a list of units', () => {
  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['has one in every line', 'b\na\n', ['b', 'a'], []],
    ['needs no line end at its end', 'a\nb', ['a', 'b'], []],
    ['may end its lines as Windows does, or as old Macs did', 'a\r\nb\rc', ['a', 'b', 'c'], []],
    ['may begin with a byte order mark', '\uFEFFa\nb', ['a', 'b'], []],
    ['has none in blank lines, and none around its units', '\n  a b \n\t\n\nc\n', ['a b', 'c'], []],
    ['has what it repeats once, where it is met first', 'a\nb\na\nb\na\n', ['a', 'b'], ['a', 'b']],
    ['tells units apart that differ in case', 'a\nA', ['a', 'A'], []],
    ['may be empty', '', [], []],
  ];
  for (const [title, text, units, repeated] of cases) {
    it(title, () => {
      assert.deepEqual(parseUnits(text), { units, repeated });
    });
  }
});
