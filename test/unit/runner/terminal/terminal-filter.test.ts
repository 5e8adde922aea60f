import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { TerminalFilter } from '../../../../src/runner/terminal/terminal-filter.ts';

const E = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
const C1_CSI = String.fromCharCode(0x9b);

function filtered(text: string, size = text.length): string {
  const filter = new TerminalFilter();
  const bytes = Buffer.from(text);
  let safe = '';
  for (let at = 0; at < bytes.length; at += size) {
    safe += filter.filter(bytes.subarray(at, at + size));
  }
  return safe;
}

describe('the filter before the terminal', () => {
  const harmless = [
    'plain text, ünïcode and 漢字 😀\n',
    `${E}[31mred${E}[0m ${E}[38;2;1;2;3mtrue colour${E}[m`,
    `50%\r${E}[K100%\r\n`,
    `${E}[2A${E}[1G${E}[0J`,
    `${E}[?25l…${E}[?25h`,
    'tab\tand back\b',
  ];
  for (const text of harmless) {
    it(`lets ${JSON.stringify(text)} through as it is`, () => {
      assert.equal(filtered(text), text);
    });
  }

  const dangerous: readonly (readonly [string, string])[] = [
    ['the clipboard', `${E}]52;c;aGVsbG8=${BEL}`],
    ['the title', `${E}]0;root@host${E}\\`],
    ['a link', `${E}]8;;https://evil.example${E}\\`],
    ['marks of shell integration', `${E}]633;D;0${BEL}`],
    ['a report of the cursor, typed back as input', `${E}[6n`],
    ['a report of the terminal', `${E}[c${E}[>c${E}[=0c`],
    ['another screen', `${E}[?1049h`],
    ['reports of the mouse', `${E}[?1000h`],
    ['bracketed paste', `${E}[?2004h`],
    ['a device control string', `${E}P+q544e${E}\\`],
    ['an application command', `${E}_Gf=24;AAAA${E}\\`],
    ['a reset of the terminal', `${E}c`],
    ['another character set', `${E}(0`],
    ['a sequence by one C1 character', `${C1_CSI}6n`.slice(0, 1)],
    ['erasing what was scrolled away', `${E}[3J`],
    ['a bell', BEL],
  ];
  for (const [what, sequence] of dangerous) {
    it(`drops ${what}, and nothing around it`, () => {
      assert.equal(filtered(`before ${sequence}after`), 'before after');
    });
  }

  it('loses no more than a line to a sequence that never ends', () => {
    assert.equal(filtered(`${E}]0;open\nnext line\n`), '\nnext line\n');
    assert.equal(filtered(`${E}[${'1;'.repeat(500)}\ntext`).endsWith('\ntext'), true);
  });

  it('gives the same however the output is cut into chunks', () => {
    const piece = fc.constantFrom(
      ...harmless,
      ...dangerous.map(([, text]) => text),
      E,
      '[',
      ']',
      'x',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const text = parts.join('');
          assert.equal(filtered(text, size), filtered(text));
        },
      ),
    );
  });

  it('never lets through what it drops, whatever it is given', () => {
    const bytes = fc.array(fc.constantFrom(...Array.from(`${E}[]]P_\\;?0123456nchJKm${BEL}\n`)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(bytes, (characters) => {
        const safe = filtered(characters.join(''));
        const rest = safe.split(E).slice(1);
        for (const sequence of rest) {
          assert.match(sequence, /^\[(?:[0-9;:]*m|[0-2]?[KJ]|[0-9;]*[A-HX]|\?(?:25|2026)[hl])/);
        }
      }),
    );
  });
});
