import { strict as assert } from 'node:assert';
import { emitKeypressEvents } from 'node:readline';
import { PassThrough } from 'node:stream';
import { type Key, LineEditor } from '../../../../src/runner/keyboard/line-editor.ts';

const code = (number: number): string => String.fromCharCode(number);
const ESCAPE = code(27);
const LEFT = `${ESCAPE}[D`;
const UP = `${ESCAPE}[A`;
const PASTE = { begin: `${ESCAPE}[200~`, end: `${ESCAPE}[201~` };
const ctrl = (letter: string): string => code(letter.charCodeAt(0) - 96);

/** Types bytes as a terminal sends them; what was sent, and what is left in the line with `|` for the cursor. */
function type(keys: string): { readonly sent: string[]; readonly line: string } {
  const terminal = new PassThrough();
  const editor = new LineEditor();
  const sent: string[] = [];
  emitKeypressEvents(terminal);
  terminal.on('keypress', (_text: string | undefined, key: Key) => {
    const pressed = editor.press(key);
    if (pressed.kind === 'sent') {
      sent.push(pressed.text);
    }
    if (pressed.kind === 'interrupt') {
      sent.push('^C');
    }
  });
  terminal.emit('data', Buffer.from(keys));
  const { text, beforeCursor } = editor;
  return { sent, line: `${beforeCursor}|${text.slice(beforeCursor.length)}` };
}

describe('the line editor', () => {
  const table: readonly [string, string, string[], string][] = [
    ['sends a line', 'abc\r', ['abc'], '|'],
    ['sends nothing for an empty line', ' \r\r', [], '|'],
    ['erases what a person sees as one character', `a👩‍👧${code(127)}b`, [], 'ab|'],
    ['inserts at the cursor', `ac${LEFT}b`, [], 'ab|c'],
    ['goes to the ends', `b${ctrl('a')}a${ctrl('e')}c`, [], 'abc|'],
    ['erases a word', `one two ${ctrl('w')}`, [], 'one |'],
    ['erases to the begin', `one${LEFT}${ctrl('u')}`, [], '|e'],
    ['erases to the end', `one${LEFT}${ctrl('k')}`, [], 'on|'],
    ['brings back what was sent', `one\rtwo\r${UP}${UP}`, ['one', 'two'], 'one|'],
    ['keeps the lines of a paste together', `${PASTE.begin}a\rb${PASTE.end}\r`, ['a\nb'], '|'],
    ['leaves control characters out', `a${PASTE.begin}${code(7)}${PASTE.end}b`, [], 'ab|'],
    ['tells of Ctrl-C', `a${code(3)}`, ['^C'], 'a|'],
  ];
  for (const [title, keys, sent, line] of table) {
    it(title, () => {
      assert.deepEqual(type(keys), { sent, line });
    });
  }
});
