import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { endOfOutput, sentence } from '../../../../src/verification/evidence/detail.ts';

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

describe('what stands in an item of evidence', () => {
  it('is one line without control characters', () => {
    assert.equal(
      sentence(`It was ${ESC}[31mdenied${ESC}[0m:\r\n\ta${BELL}b`),
      'It was denied: a b',
    );
  });

  it('is clipped', () => {
    assert.equal(sentence('x'.repeat(700)).length, 600);
    assert.match(sentence('x'.repeat(700)), /x…$/);
  });

  it('keeps the end of an output with its lines', () => {
    const output = `one\r\n\r\n\r\n\r\n${ESC}[1mtwo${ESC}[0m\n\tthree${BELL}\n\n`;
    assert.equal(endOfOutput(output), 'one\n\ntwo\n\tthree');
    const long = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
    assert.equal(endOfOutput(long).split('\n').length, 40);
    assert.ok(endOfOutput(long).endsWith('line 99'));
    assert.equal(endOfOutput('y'.repeat(9000)).length, 3000);
    assert.equal(endOfOutput(' \n '), '');
  });

  it('has no control characters and is short, whatever was printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        const kept = endOfOutput(text);
        assert.ok(kept.length <= 3000 && sentence(text).length <= 600);
        assert.doesNotMatch(kept, /[^\P{Cc}\n\t]/u);
        assert.doesNotMatch(sentence(text), /\p{Cc}/u);
      }),
      { numRuns: 50 },
    );
  });
});
