/**
 * Deals units out to shards in turn: shard `i`, from 0, gets those at the positions `p` with `p mod shards = i`, in their
 * order. So sizes differ by at most one, and the same units always fall to the same shards. Less than one shard is one.
 */
export function partition<T>(units: readonly T[], shards: number): T[][] {
  const count = Math.max(1, Math.floor(shards));
  return Array.from({ length: count }, (_, shard) =>
    units.filter((_unit, position) => position % count === shard),
  );
}

/** Which part of the units is taken. */
export interface Shard {
  /** How many there are. */
  readonly shards: number;
  /** From 0. */
  readonly shard: number;
}

/** The units of one shard. */
export function shardOf<T>(units: readonly T[], { shards, shard }: Shard): readonly T[] {
  return partition(units, shards)[shard] ?? [];
}
