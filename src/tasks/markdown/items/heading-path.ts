/** One heading whose section is still open. */
export interface OpenHeading {
  readonly depth: number;
  readonly title: string;
}

/** The headings above a place in a document, from the top level down. */
export class HeadingPath {
  #open: readonly OpenHeading[];
  current: readonly string[];

  constructor(open: readonly OpenHeading[] = []) {
    this.#open = open;
    this.current = open.map((heading) => heading.title);
  }

  enter(depth: number, title: string): void {
    this.#open = [...this.#open.filter((heading) => heading.depth < depth), { depth, title }];
    this.current = this.#open.map((heading) => heading.title);
  }

  /** Returns the open headings, for a path that begins here; later calls of `enter` do not change them. */
  snapshot(): readonly OpenHeading[] {
    return this.#open;
  }
}
