/** The longest part of what is said that is kept, UTF-16 units. */
const LONGEST = 8000;

/** Puts together what an agent says in small parts, and gives it out by whole lines. */
export class SpokenText {
  #line = '';
  #message = '';
  #last: string | null = null;

  /** Takes the next part; the lines that it completes, or the empty text. */
  add(part: string): string {
    if (this.#message.length < LONGEST) {
      this.#message += part;
    }
    const end = part.lastIndexOf('\n');
    const line = this.#line + (end === -1 ? part : part.slice(0, end));
    if (end === -1) {
      this.#line = line.slice(0, LONGEST);
      return '';
    }
    this.#line = part.slice(end + 1);
    return line;
  }

  /** Something else follows: what was said since the last whole line, or the empty text. */
  end(): string {
    const rest = this.#line;
    if (this.#message.trim() !== '') {
      this.#last = this.#message;
    }
    this.#line = '';
    this.#message = '';
    return rest;
  }

  /** The newest message, as far as it came; `null` if there was none. */
  get last(): string | null {
    return this.#message.trim() === '' ? this.#last : this.#message;
  }
}
