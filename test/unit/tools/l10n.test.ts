import assert from 'node:assert/strict';
import { messagesIn } from '../../../tools/l10n.ts';

describe('the list of messages for translators', () => {
  it('holds every message of both functions, once for each place', () => {
    const source = `
      t('Run {0}', name);
      vscode.l10n.t('Cancel');
      l10n.t("It's over");
      first(t('a', t('b')));
    `;
    assert.deepEqual(messagesIn('a.ts', source), ['Run {0}', 'Cancel', "It's over", 'a', 'b']);
  });

  it('holds no text of other calls', () => {
    const source = `other.t('x'); tt('y'); const text = "t('z')"; // t('w')`;
    assert.deepEqual(messagesIn('a.ts', source), []);
  });
});
