import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { leadingType, readObjects } from '../../../../src/agents/stream/json-lines.ts';

const brokenOff = '{"type":"a","text":"half';
const table: readonly (readonly [what: string, line: string, objects: readonly unknown[]])[] = [
  ['nothing', '', []],
  ['text', 'Warning: {braces} are no event', []],
  ['a list', '[{"type":"a"}]', [{ type: 'a' }]],
  ['one object', '{"type":"a"}', [{ type: 'a' }]],
  ['two objects in one line', '{"type":"a"}{"type":"b"}', [{ type: 'a' }, { type: 'b' }]],
  ['braces and quotes in a text', '{"t":"}{\\"\\\\"}{"u":1}', [{ t: '}{"\\' }, { u: 1 }]],
  ['text around an object', '… {"type":"a"} ok', [{ type: 'a' }]],
  ['text between objects', '{"type":"a"}, then {"type":"b"}', [{ type: 'a' }, { type: 'b' }]],
  ['half an object', brokenOff, []],
  ['half an object after a whole one', `{"type":"a"}${brokenOff}`, [{ type: 'a' }]],
  ['what only looks like an object', '{"type":a}{"type":"b"}', [{ type: 'b' }]],
];

describe('the objects of a line', () => {
  for (const [what, line, objects] of table) {
    it(`are found in ${what}`, () => assert.deepEqual(readObjects(line), objects));
  }

  it('are all found, however many there are and whatever stands in them', () => {
    const object = fc.record({ type: fc.string(), deep: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 4 }), (objects) => {
        const printed = objects.map((each) => JSON.stringify(each));
        const same: unknown[] = printed.map((each) => JSON.parse(each) as unknown);
        assert.deepEqual(readObjects(printed.join('')), same);
        assert.deepEqual(readObjects(printed.join(' and ')), same);
      }),
    );
  });
});

describe('the type that stands first', () => {
  it('is found without reading the rest, even of half an object', () => {
    assert.equal(leadingType('{"type":"session.info","data":{}}'), 'session.info');
    assert.equal(leadingType(brokenOff), 'a');
  });

  it('is not found where another object may follow, or where something else stands first', () => {
    assert.equal(leadingType('{"type":"a"}{"type":"b"}'), null);
    assert.equal(leadingType('{"at":1,"type":"a"}'), null);
    assert.equal(leadingType('text'), null);
  });
});
