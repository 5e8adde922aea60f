import assert from 'node:assert/strict';
import { t, useBundle } from '../../../src/shared/messages.ts';

describe('a message', () => {
  afterEach(() => {
    useBundle({});
  });

  it('shows its arguments in place of the placeholders', () => {
    assert.equal(t('{0} of {1} done', 2, 'three'), '2 of three done');
  });

  it('keeps a placeholder without an argument, and braces in an argument', () => {
    assert.equal(t('{0} and {1}', '{1}'), '{1} and {1}');
    assert.equal(t('{0}'), '{0}');
  });

  it('is shown in the language of an installed bundle', () => {
    useBundle({ '{0} of {1} done': '{1}, davon {0} fertig' });
    assert.equal(t('{0} of {1} done', 2, 3), '3, davon 2 fertig');
  });

  it('stays English where the bundle lacks it', () => {
    useBundle({ other: 'anders' });
    assert.equal(t('{0} left', 1), '1 left');
  });
});
