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
