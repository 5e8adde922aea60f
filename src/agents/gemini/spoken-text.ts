/** The longest kept part of a message, UTF-16 units. */
const LONGEST = 8000;

/** Joins the small parts of an agent's messages and returns them by whole lines. */
export class SpokenText {
  #line = '';
  #message = '';
  #last: string | null = null;

  /** Adds the next part. Returns the lines that it completes, or the empty string. */
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

  /** Ends the message. Returns the text since the last whole line, or the empty string. */
  end(): string {
    const rest = this.#line;
    if (this.#message.trim() !== '') {
      this.#last = this.#message;
    }
    this.#line = '';
    this.#message = '';
    return rest;
  }

  /** The newest message, which may be incomplete; `null`: there is none. */
  get last(): string | null {
    return this.#message.trim() === '' ? this.#last : this.#message;
  }
}
