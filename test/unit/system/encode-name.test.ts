import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { encodeName } from '../../../src/system/encode-name.ts';

describe('encodeName', () => {
  it('keeps an id that is already a file name', () => {
    for (const id of ['t012', 'tasks.md', '1.2.1', '_sequential', 'a-b_c']) {
      assert.equal(encodeName(id), id);
    }
  });

  it('tells apart ids that differ only in case', () => {
    assert.notEqual(encodeName('Auth').toLowerCase(), encodeName('auth').toLowerCase());
  });

  it('never leaves the directory it is used in', () => {
    for (const id of ['..', '.', '', '../../etc/passwd', 'a/b', 'a\\b', '.hidden', 'x\0y']) {
      assert.match(encodeName(id), /^[a-z0-9_~-][a-z0-9._~-]*$/);
    }
  });

  it('avoids the names of Windows devices, with and without an extension', () => {
    for (const id of ['con', 'NUL', 'com1.txt', 'COM1.a/b', 'aux.']) {
      assert.doesNotMatch(encodeName(id), /^(con|nul|com1|aux)(\.|$)/);
    }
  });

  it('gives every id a valid name of at most 64 characters, and different ids different names', () => {
    const anyText = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 90 })
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        assert.match(encodeName(a), /^[a-z0-9_~-][a-z0-9._~-]{0,63}$/);
        assert.ok(!encodeName(a).endsWith('.'));
        assert.equal(encodeName(a) === encodeName(b), a === b);
      }),
    );
  });

  it('does not mistake an id for the encoding of another', () => {
    const encoded = encodeName('Auth');
    assert.notEqual(encodeName(encoded), encoded);
  });
});
