/**
 * A binary heap that tracks the position of each item, so that an item can leave from the middle (cancelled, blocked)
 * in O(log n). `before(a, b)`: whether `a` goes first; it must be a strict total order.
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

  /** Throws if the item is already queued. */
  add(item: T): void {
    if (this.#places.has(item)) {
      throw new Error('The item is queued already');
    }
    this.#settle(item, this.#rise(item, this.#items.length));
  }

  /** Returns whether the item was queued. */
  remove(item: T): boolean {
    const place = this.#places.get(item);
    if (place === undefined) {
      return false;
    }
    this.#places.delete(item);
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      const risen = this.#rise(last, place);
      this.#settle(last, risen === place ? this.#sink(last, place) : risen);
    }
    return true;
  }

  #settle(item: T, place: number): void {
    this.#items[place] = item;
    this.#places.set(item, place);
  }

  /** Finds the position of `item` at or above `place`, moving the items it passes down. Each is written once. */
  #rise(item: T, from: number): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#items[parent];
      if (above === undefined || !this.#before(item, above)) {
        break;
      }
      this.#settle(above, place);
      place = parent;
    }
    return place;
  }

  /** Finds the position of `item` at or below `place`, moving the items it passes up. */
  #sink(item: T, from: number): number {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      const child = this.#goesFirst(left + 1, left) ? left + 1 : left;
      const below = this.#items[child];
      if (below === undefined || !this.#before(below, item)) {
        return place;
      }
      this.#settle(below, place);
      place = child;
    }
  }

  #goesFirst(a: number, b: number): boolean {
    const first = this.#items[a];
    const second = this.#items[b];
    return first !== undefined && second !== undefined && this.#before(first, second);
  }
}
