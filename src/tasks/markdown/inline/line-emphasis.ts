import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';

const SPACE = /\s/;
const WORD = /[A-Za-z0-9]/;
const PUNCTUATION = /[.,:;)!?]/;

/** Finds the `**bold**` and `_emphasised_` parts of one line that open after a space and close before one. */
export class LineEmphasis {
  readonly #text: string;
  readonly #from: number;
  readonly #to: number;
  readonly #formatting: Span[];
  readonly #open: Span[] = [];

  constructor(text: string, from: number, to: number, formatting: Span[]) {
    this.#text = text;
    this.#from = from;
    this.#to = to;
    this.#formatting = formatting;
  }

  /** Records a run of `*` or `_`; returns the offset after it, `null` if only parsing can determine its role. */
  run(start: number, unit: number): number | null {
    let end = start;
    while (this.#text.charCodeAt(end) === unit) {
      end += 1;
    }
    const role = this.#role(start, end);
    if (role === null) {
      return null;
    }
    if (role === 'opens') {
      this.#open.push({ start, end });
    }
    if (role === 'closes') {
      const opening = this.#open.pop();
      const same =
        opening !== undefined &&
        this.#text.slice(opening.start, opening.end) === this.#text.slice(start, end);
      if (!same) {
        return null;
      }
      this.#formatting.push(opening, { start, end });
    }
    return end;
  }

  isClosed(): boolean {
    return this.#open.length === 0;
  }

  #role(start: number, end: number): 'words' | 'opens' | 'closes' | null {
    const text = this.#text;
    const before = start === this.#from ? ' ' : text.charAt(start - 1);
    const after = end === this.#to ? ' ' : text.charAt(end);
    if (SPACE.test(before) && SPACE.test(after)) {
      return 'words';
    }
    const inWord = WORD.test(before) && WORD.test(after);
    if (inWord && text.charAt(start) === '_') {
      return 'words';
    }
    if (end - start > 2) {
      return null;
    }
    if (SPACE.test(before)) {
      return 'opens';
    }
    if (SPACE.test(after)) {
      return 'closes';
    }
    return WORD.test(before) && PUNCTUATION.test(after) ? 'closes' : null;
  }
}
