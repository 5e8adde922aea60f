/** Maximum relative error of a quantile: 1 %. */
const ERROR = 0.01;
const GROWTH = (1 + ERROR) / (1 - ERROR);
const LOG_GROWTH = Math.log(GROWTH);

/**
 * Distribution of durations in constant space. Buckets grow by a constant factor, so every quantile is within 1 % of
 * the exact one, and sketches can be merged without further error. At most about 1,100 buckets for durations from 1 ms
 * to a month. Based on DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf).
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

  /** Durations below 1 ms count as 1 ms. */
  add(ms: number): void {
    const duration = Math.max(1, ms);
    const bucket = Math.ceil(Math.log(duration) / LOG_GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
    this.#sumMs += ms;
    this.#leastMs = Math.min(this.#leastMs, duration);
    this.#mostMs = Math.max(this.#mostMs, duration);
  }

  /** Merges another sketch into this one. */
  merge(other: LatencySketch): void {
    for (const [bucket, count] of other.#buckets) {
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
    }
    this.#count += other.#count;
    this.#sumMs += other.#sumMs;
    this.#leastMs = Math.min(this.#leastMs, other.#leastMs);
    this.#mostMs = Math.max(this.#mostMs, other.#mostMs);
  }

  /** The quantile `q` (0 to 1) in ms, within 1 %; `null` without durations. */
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
