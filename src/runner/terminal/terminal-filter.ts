import { StringDecoder } from 'node:string_decoder';

const ESCAPE = 0x1b;
const BELL = 0x07;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;
/** Tab, newline, carriage return, backspace: progress bars need them. */
const HARMLESS = new Set([0x08, 0x09, 0x0a, 0x0d]);
/** Colours, erasing, and cursor movement within the screen. */
const HARMLESS_CSI = /^(?:[0-9;:]*m|[0-2]?[KJ]|[0-9;]*[A-HX])$/;
/** Cursor visibility and synchronized output. */
const HARMLESS_MODES = /^\?(?:25|2026)[hl]$/;
/** Longer sequences are dropped; no real one is longer. */
const LONGEST = 64;

type State = 'text' | 'escape' | 'csi' | 'string' | 'string-escape' | 'charset';

/**
 * Passes on a program's output with its colours, but without sequences that do more than print: clipboard access, titles,
 * links, reports that the terminal sends back as input, other screens, shell integration marks. Keeps its state between
 * chunks. Drops unknown sequences, never text.
 */
export class TerminalFilter {
  readonly #decoder = new StringDecoder('utf8');
  #state: State = 'text';
  #sequence = '';

  filter(chunk: Buffer): string {
    const text = this.#decoder.write(chunk);
    let safe = '';
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#state === 'text' && isPrintable(code)) {
        continue;
      }
      if (this.#state === 'text') {
        safe += text.slice(from, at);
      }
      safe += this.#step(code, text.charAt(at));
      from = at + 1;
    }
    return this.#state === 'text' ? safe + text.slice(from) : safe;
  }

  /** Handles a control character or a character of a sequence; returns the text to pass on. */
  #step(code: number, character: string): string {
    if (code === CANCEL || code === SUBSTITUTE) {
      return this.#become('text');
    }
    switch (this.#state) {
      case 'text':
        if (code === ESCAPE) {
          return this.#become('escape');
        }
        return HARMLESS.has(code) ? character : '';
      case 'escape':
        return this.#afterEscape(code, character);
      case 'csi':
        return this.#withinCsi(code, character);
      case 'charset':
        return this.#become('text');
      case 'string':
        if (code === ESCAPE) {
          return this.#become('string-escape');
        }
        // A line end is never part of a string: it ends one that has no terminator.
        if (code === BELL || code === 0x0a) {
          this.#become('text');
        }
        return code === 0x0a ? character : '';
      case 'string-escape':
        return character === '\\' ? this.#become('text') : this.#afterEscape(code, character);
    }
  }

  #afterEscape(code: number, character: string): string {
    if (character === '[') {
      return this.#become('csi');
    }
    if (']PX^_'.includes(character)) {
      return this.#become('string');
    }
    if ('()*+-./#% '.includes(character)) {
      return this.#become('charset');
    }
    if (code === ESCAPE) {
      return this.#become('escape');
    }
    this.#become('text');
    return HARMLESS.has(code) ? character : '';
  }

  #withinCsi(code: number, character: string): string {
    if (code === ESCAPE) {
      return this.#become('escape');
    }
    if (code < 0x20) {
      return HARMLESS.has(code) ? character : '';
    }
    this.#sequence += character;
    if (code < 0x40 || code > 0x7e) {
      return this.#sequence.length > LONGEST || code > 0x7e ? this.#become('text') : '';
    }
    const sequence = this.#sequence;
    this.#become('text');
    const harmless = HARMLESS_CSI.test(sequence) || HARMLESS_MODES.test(sequence);
    return harmless ? `${String.fromCharCode(ESCAPE)}[${sequence}` : '';
  }

  #become(state: State): '' {
    this.#state = state;
    this.#sequence = '';
    return '';
  }
}

/** Excludes C0, delete and C1; some terminals interpret C1 as the begin of a sequence. */
function isPrintable(code: number): boolean {
  return code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0);
}
