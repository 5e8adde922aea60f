import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';

/** Maps offsets in one text to lines and columns (1-based, UTF-16 units); `\r\n`, `\n` and `\r` end lines. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = text.includes('\r') ? anyStarts(text) : plainStarts(text);
  }

  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  column(offset: number): number {
    return offset - (this.#starts[this.line(offset) - 1] ?? 0) + 1;
  }

  /** Creates a problem for the text from `start` to `end`. */
  problem(
    source: SourceId,
    what: Pick<Problem, 'severity' | 'code' | 'message'>,
    start: number,
    end: number,
  ): Problem {
    const place = { file: source, line: this.line(start) };
    const range = {
      startColumn: this.column(start),
      endLine: this.line(end),
      endColumn: this.column(end),
    };
    return { ...what, place, range };
  }
}

function anyStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(index + ending.length);
  }
  return starts;
}

/** Five times as fast as `anyStarts`, for the common case of a file without `\r`. */
function plainStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let start = 0; start >= 0;) {
    starts.push(start);
    const feed = text.indexOf('\n', start);
    start = feed === -1 ? -1 : feed + 1;
  }
  return starts;
}
