const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Longer lines are cut, bytes, so that an agent without line ends cannot fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Splits the chunks of a stream into lines (without `\n` or `\r\n`), decoded as UTF-8. */
export class LineSplitter {
  readonly #listener: (line: string) => void;
  readonly #longest: number;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(listener: (line: string) => void, longest: number = LONGEST_LINE) {
    this.#listener = listener;
    this.#longest = longest;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end));
      this.#emit();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  /** Delivers a last line without a line end. */
  end(): void {
    if (this.#length > 0) {
      this.#emit();
    }
  }

  #add(part: Buffer): void {
    const kept = part.subarray(0, Math.max(0, this.#longest - this.#length));
    if (kept.length === 0) {
      return;
    }
    this.#parts.push(kept);
    this.#length += kept.length;
  }

  #emit(): void {
    const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    const end = line?.at(-1) === RETURN ? line.length - 1 : line?.length;
    this.#listener(line?.toString('utf8', 0, end) ?? '');
  }
}
