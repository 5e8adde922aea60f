/** Bits per word. */
export const WORD_BITS = 32;

/** A fixed number of bit rows, one per task. */
export class BitRows {
  readonly #width: number;
  readonly #words: Uint32Array;

  constructor(rows: number, bits: number) {
    this.#width = Math.ceil(bits / WORD_BITS);
    this.#words = new Uint32Array(rows * this.#width);
  }

  set(row: number, bit: number): void {
    const at = row * this.#width + Math.floor(bit / WORD_BITS);
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (bit % WORD_BITS));
  }

  /** Adds all bits of another row. */
  merge(row: number, from: number): void {
    const [to, start] = [row * this.#width, from * this.#width];
    for (let word = 0; word < this.#width; word += 1) {
      this.#words[to + word] = (this.#words[to + word] ?? 0) | (this.#words[start + word] ?? 0);
    }
  }

  /** Number of set bits of a row in [`first`, `end`). */
  count(row: number, first: number, end: number): number {
    let sum = 0;
    for (let word = Math.floor(first / WORD_BITS); word * WORD_BITS < end; word += 1) {
      const start = word * WORD_BITS;
      let bits = this.#words[row * this.#width + word] ?? 0;
      if (start < first) {
        bits = (bits >>> (first - start)) << (first - start);
      }
      if (end - start < WORD_BITS) {
        bits &= (1 << (end - start)) - 1;
      }
      sum += ones(bits);
    }
    return sum;
  }
}

/** Number of set bits, summed in pairs, then fours, then bytes. */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
