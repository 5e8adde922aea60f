/** Units as a text lists them. */
export interface ParsedUnits {
  /** In the order of the text, each once. */
  readonly units: readonly string[];
  /** Those that the text has more than once. */
  readonly repeated: readonly string[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Reads units from a text with one in every line, whatever ends its lines; blank lines are none. */
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
