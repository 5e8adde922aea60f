import { scanInline } from '../inline/scan-inline.ts';
import { type ChecklistItem, newItem, type OpenItem } from './checklist-item.ts';
import { HeadingPath, type OpenHeading } from './heading-path.ts';
import type { Bullet } from './quick-lines.ts';
import { beginsAnew, bulletAt, headingAt, isText, nextBeginning } from './quick-lines.ts';
import { FOREIGN_BOX } from './tree-items.ts';

/** A list item that the next line may be in. */
interface Level {
  /** How far its text is indented. */
  readonly indent: number;
  readonly sign: string;
  /** `null` without a box. */
  readonly item: OpenItem | null;
}

/** Where reading can begin again, and what was known there. */
interface Beginning {
  readonly start: number;
  readonly items: number;
  readonly headings: readonly OpenHeading[];
}

/** A part of the document that has to be parsed. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly headings: HeadingPath;
}

/**
 * Reads a checklist line by line, as long as its lines are headings, items and words, and nothing in them needs a closer
 * look. What it says is what parsing says; where that is not certain, it stops and asks for a part to be parsed.
 */
export class QuickItems {
  readonly items: ChecklistItem[] = [];
  readonly #text: string;
  #headings = new HeadingPath();
  #levels: Level[] = [];
  #after: 'blank' | 'heading' | 'words' = 'blank';
  #beginning: Beginning = { start: 0, items: 0, headings: [] };
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes on reading: `true` at the end, `false` where a part has to be parsed. */
  read(): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      const start = this.#at;
      if (beginsAnew(text, start, this.#after === 'blank')) {
        const headings = this.#headings.snapshot();
        this.#beginning = { start, items: this.items.length, headings };
      }
      const feed = text.indexOf('\n', start);
      const end = feed === -1 ? text.length : feed;
      if (!this.#line(start, text.charCodeAt(end - 1) === 0x0d ? end - 1 : end)) {
        return false;
      }
      this.#at = end + 1;
    }
    return true;
  }

  /** What has to be parsed, with the headings above it, which parsing may change. */
  part(): Part {
    const { start, headings } = this.#beginning;
    this.#headings = new HeadingPath(headings);
    return { start, end: nextBeginning(this.#text, this.#at), headings: this.#headings };
  }

  /** Takes over what parsing found, and goes on at `end`. */
  replacePart(items: readonly ChecklistItem[], end: number): void {
    this.items.length = this.#beginning.items;
    for (const item of items) {
      this.items.push(item);
    }
    this.#levels = [];
    this.#after = 'blank';
    this.#at = end;
    const headings = this.#headings.snapshot();
    this.#beginning = { start: end, items: this.items.length, headings };
  }

  #line(start: number, end: number): boolean {
    const text = this.#text;
    let at = start;
    while (text.charCodeAt(at) === 0x20) {
      at += 1;
    }
    if (at >= end || text.slice(at, end).trim() === '') {
      this.#after = 'blank';
      return at >= end || /^[ \t]*$/.test(text.slice(at, end));
    }
    if (text.charCodeAt(at) === 0x23 && headingAt(text, at) > 0) {
      return at === start && this.#heading(start, end);
    }
    const bullet = bulletAt(text, at);
    return bullet === null
      ? this.#words(at, at - start, end)
      : this.#item(bullet, at, at - start, end);
  }

  #heading(start: number, end: number): boolean {
    this.#levels = [];
    this.#after = 'heading';
    const title = this.#text.slice(start, end).trimEnd();
    this.#headings.enter(headingAt(this.#text, start), title);
    return true;
  }

  #item(bullet: Bullet, at: number, indent: number, end: number): boolean {
    if (!isText(this.#text, bullet.content, end)) {
      return false;
    }
    const closed = this.#close(indent);
    if (indent - this.#indent() > 3 || !this.#mayInterrupt(bullet, closed)) {
      return false;
    }
    const item = this.#boxed(bullet.content, at, end);
    if (item === false) {
      return false;
    }
    this.#levels.push({ indent: indent + bullet.content - at, sign: bullet.sign, item });
    return this.#extend(bullet.content, end);
  }

  /** Within a paragraph only `1.` begins a list; what goes on with a list may have any number. */
  #mayInterrupt({ number, sign }: Bullet, closed: Level | null): boolean {
    return number === null || number === '1' || this.#after !== 'words' || closed?.sign === sign;
  }

  /** The item, `null` where there is no box, `false` where only parsing will tell. */
  #boxed(content: number, start: number, end: number): OpenItem | null | false {
    if (this.#text.charCodeAt(content) !== 0x5b) {
      return null;
    }
    const written = this.#text.slice(content, Math.min(end, content + 200));
    if (/^\[(?:\t\]|[ xX]\](?:$|\s+$))/.test(written)) {
      return false;
    }
    const mark = (/^\[([ xX])\][ \t]/.exec(written) ?? /^\[([^\]]?)\]/.exec(written))?.[1];
    if (mark === undefined || !(/^\[[ xX]\][ \t]/.test(written) || FOREIGN_BOX.test(written))) {
      return null;
    }
    const item = newItem({ start, end }, content, mark, this.#current(), this.#headings.current);
    this.items.push(item);
    return item;
  }

  #words(at: number, indent: number, end: number): boolean {
    if (!isText(this.#text, at, end)) {
      return false;
    }
    if (this.#after !== 'words') {
      this.#close(indent);
      if (indent - this.#indent() > 3) {
        return false;
      }
    }
    return this.#extend(at, end);
  }

  /** Adds the text of a line to the innermost item, and so to those around it. */
  #extend(start: number, end: number): boolean {
    this.#after = 'words';
    for (const { item } of this.#levels) {
      if (item !== null) {
        item.end = end;
      }
    }
    const item = this.#current();
    return item === null || scanInline(this.#text, start, end, item);
  }

  /** Leaves the items that a line with this indentation is not in; returns the outermost of them. */
  #close(indent: number): Level | null {
    let closed: Level | null = null;
    for (let last = this.#levels.at(-1); last !== undefined; last = this.#levels.at(-1)) {
      if (last.indent <= indent) {
        break;
      }
      closed = last;
      this.#levels.pop();
    }
    return closed;
  }

  #indent(): number {
    return this.#levels.at(-1)?.indent ?? 0;
  }

  #current(): OpenItem | null {
    return this.#levels.findLast(({ item }) => item !== null)?.item ?? null;
  }
}
