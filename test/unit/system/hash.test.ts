import { strict as assert } from 'node:assert';
import { sha256Hex } from '../../../src/system/hash.ts';

describe('SHA-256', () => {
  it('of "abc" is the one of the standard, from text and from bytes', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    assert.equal(sha256Hex('abc'), expected);
    assert.equal(sha256Hex(Buffer.from('abc')), expected);
  });
});
