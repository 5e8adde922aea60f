/** A quantile is at most this part beside the exact one: 1 %. */
const ERROR = 0.01;
const GROWTH = (1 + ERROR) / (1 - ERROR);
const LOG_GROWTH = Math.log(GROWTH);

/**
 * How long many things took, in little room: durations are counted in buckets that grow by a constant factor, so each
 * quantile is within 1 % of the exact one, whatever the durations are, and sketches can be put together without any
 * further error. At most about 1,100 buckets for durations from 1 ms to a month. (The idea is DDSketch's:
 * https://www.vldb.org/pvldb/vol12/p2195-masson.pdf.)
 */
export class LatencySketch {
  readonly #buckets = new Map<number, number>();
  #count = 0;
  #sumMs = 0;
  #leastMs = Infinity;
  #mostMs = 0;

  get count(): number {
    return this.#count;
  }

  get sumMs(): number {
    return this.#sumMs;
  }

  /** Less than 1 ms counts as 1 ms. */
  add(ms: number): void {
    const duration = Math.max(1, ms);
    const bucket = Math.ceil(Math.log(duration) / LOG_GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
    this.#sumMs += ms;
    this.#leastMs = Math.min(this.#leastMs, duration);
    this.#mostMs = Math.max(this.#mostMs, duration);
  }

  /** Adds all that the other one knows. */
  merge(other: LatencySketch): void {
    for (const [bucket, count] of other.#buckets) {
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
    }
    this.#count += other.#count;
    this.#sumMs += other.#sumMs;
    this.#leastMs = Math.min(this.#leastMs, other.#leastMs);
    this.#mostMs = Math.max(this.#mostMs, other.#mostMs);
  }

  /** The duration, in ms, that the part `q` (0 to 1) of all does not exceed, within 1 %; `null` where there is none. */
  quantile(q: number): number | null {
    const rank = Math.max(0, Math.ceil(q * this.#count) - 1);
    let seen = 0;
    for (const bucket of [...this.#buckets.keys()].sort((a, b) => a - b)) {
      seen += this.#buckets.get(bucket) ?? 0;
      if (seen > rank) {
        const middle = (2 * GROWTH ** bucket) / (GROWTH + 1);
        return Math.min(this.#mostMs, Math.max(this.#leastMs, middle));
      }
    }
    return null;
  }
}
