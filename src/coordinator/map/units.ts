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

/**
 * Distributes units round-robin: shard `i`, from 0, gets the positions `p` with `p mod shards = i`, in order. Sizes
 * differ by at most one, and the same units always fall to the same shards. Fewer than one shard counts as one.
 */
export function partition<T>(units: readonly T[], shards: number): T[][] {
  const count = Math.max(1, Math.floor(shards));
  return Array.from({ length: count }, (_, shard) =>
    units.filter((_unit, position) => position % count === shard),
  );
}

/** The selected shard. */
export interface Shard {
  /** Number of shards. */
  readonly shards: number;
  /** From 0. */
  readonly shard: number;
}

/** Returns the units of one shard. */
export function shardOf<T>(units: readonly T[], { shards, shard }: Shard): readonly T[] {
  return partition(units, shards)[shard] ?? [];
}
