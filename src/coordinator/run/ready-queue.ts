/**
 * A binary heap that knows where each item sits, so that an item can leave from the middle (cancelled, blocked) in
 * O(log n). `before(a, b)`: whether `a` goes first; it must be a strict total order.
 */
export class ReadyQueue<T> {
  readonly #items: T[] = [];
  readonly #places = new Map<T, number>();
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The first item, left in place. */
  peek(): T | undefined {
    return this.#items[0];
  }

  /** Adding an item twice is a defect of the caller and throws. */
  add(item: T): void {
    if (this.#places.has(item)) {
      throw new Error('The item is queued already');
    }
    this.#items.push(item);
    this.#places.set(item, this.#items.length - 1);
    this.#rise(this.#items.length - 1);
  }

  /** Whether the item was there. */
  remove(item: T): boolean {
    const place = this.#places.get(item);
    if (place === undefined) {
      return false;
    }
    this.#places.delete(item);
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#put(last, place);
      this.#rise(place);
      this.#sink(this.#places.get(last) ?? place);
    }
    return true;
  }

  #put(item: T, place: number): void {
    this.#items[place] = item;
    this.#places.set(item, place);
  }

  #rise(from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#swapIfBefore(place, parent)) {
        return;
      }
      place = parent;
    }
  }

  #sink(from: number): void {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const child = this.#goesFirst(right, left) ? right : left;
      if (!this.#swapIfBefore(child, place)) {
        return;
      }
      place = child;
    }
  }

  #goesFirst(a: number, b: number): boolean {
    const first = this.#items[a];
    const second = this.#items[b];
    return first !== undefined && second !== undefined && this.#before(first, second);
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const below = this.#items[lower];
    const above = this.#items[upper];
    if (below === undefined || above === undefined || !this.#before(below, above)) {
      return false;
    }
    this.#put(below, upper);
    this.#put(above, lower);
    return true;
  }
}
