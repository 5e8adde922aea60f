import { strict as assert } from 'node:assert';
import { stripVTControlCharacters } from 'node:util';
import { InputLine } from '../../../../src/runner/terminal/input-line.ts';

const ESCAPE = String.fromCharCode(27);

/** A line that a terminal would show at the end: what was written after the last erased or ended line. */
function shown(text: string): string {
  const last = text.split('\n').at(-1) ?? '';
  const [kept = ''] = last.split(`${ESCAPE}[K`).slice(-1);
  return stripVTControlCharacters(kept).replaceAll('\r', '');
}

describe('the line that a person types in', () => {
  const open = (columns: number): { line: InputLine; written: () => string } => {
    let written = '';
    const screen = {
      isTTY: true,
      columns,
      once: () => undefined,
      write: (text: string) => ((written += text), true),
    };
    return { line: new InputLine(screen), written: () => written };
  };
  const typed = (text: string, at = text.length): { text: string; beforeCursor: string } => ({
    text,
    beforeCursor: text.slice(0, at),
  });

  it('says what it is for until something is typed', () => {
    const { line, written } = open(80);
    line.show(typed(''));
    assert.match(shown(written()), /^› Type here to tell the agent something/);
    line.show(typed('use'));
    assert.equal(shown(written()), '› use');
  });

  it('stays below what is written', () => {
    const { line, written } = open(80);
    line.show(typed('use'));
    line.write('│ 0:01  edit\n');
    assert.ok(written().endsWith(`\r${ESCAPE}[K│ 0:01  edit\n› use\r${ESCAPE}[5C`));
  });

  it('is one line, however long the text: the part around the cursor', () => {
    const { line, written } = open(20);
    const text = 'abcdefghijklmnopqrstuvwxyz';
    line.show(typed(text));
    assert.equal(shown(written()), '› jklmnopqrstuvwxyz');
    line.show(typed(text, 3));
    assert.equal(shown(written()), '› abcdefghijklmnopq');
  });

  it('shows what could steer the terminal instead of sending it', () => {
    const { line, written } = open(80);
    line.show(typed(`a\nb${ESCAPE}[2J`));
    assert.ok(written().includes('› a⏎b␛[2J'));
  });

  it('is gone once it is closed', () => {
    const { line, written } = open(80);
    line.show(typed('use'));
    line.close();
    const before = written().length;
    line.write('done\n');
    assert.equal(written().slice(before), 'done\n');
  });
});
