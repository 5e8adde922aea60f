/** One heading that is still in force. */
export interface OpenHeading {
  readonly depth: number;
  readonly title: string;
}

/** The headings above a place in a document, from the first level down. */
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

  /** What `enter` does not change any more, for a path that begins here. */
  snapshot(): readonly OpenHeading[] {
    return this.#open;
  }
}
