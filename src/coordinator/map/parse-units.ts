/** The units listed in a text. */
export interface ParsedUnits {
  /** In the order of the text, without duplicates. */
  readonly units: readonly string[];
  /** Units that the text lists more than once. */
  readonly repeated: readonly string[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Reads one unit per line, with any line ending; blank lines are skipped. */
export function parseUnits(text: string): ParsedUnits {
  const units = new Set<string>();
  const repeated = new Set<string>();
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  for (const line of plain.split(/\r\n|\n|\r/)) {
    const unit = line.trim();
    if (units.has(unit)) {
      repeated.add(unit);
    } else if (unit !== '') {
      units.add(unit);
    }
  }
  return { units: [...units], repeated: [...repeated] };
}
