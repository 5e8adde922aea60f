import { scanInline } from '../inline/scan-inline.ts';
import { type ChecklistItem, newItem, type OpenItem } from './checklist-item.ts';
import { HeadingPath, type OpenHeading } from './heading-path.ts';
import type { Bullet } from './quick-lines.ts';
import { bulletAt, headingAt, isRestartPoint, isText, nextRestartPoint } from './quick-lines.ts';
import { FOREIGN_BOX } from './tree-items.ts';

/** A list item that the next line may belong to. */
interface Level {
  /** Indentation of its text, in UTF-16 units. */
  readonly indent: number;
  readonly sign: string;
  /** `null` without a box. */
  readonly item: OpenItem | null;
}

/** A point from which reading can restart, with the state at that point. */
interface Checkpoint {
  readonly start: number;
  readonly items: number;
  readonly headings: readonly OpenHeading[];
}

/** A part of the document that needs the full parser. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly headings: HeadingPath;
}

/**
 * Reads a checklist line by line while its lines are headings, items and paragraphs that do not need the full parser.
 * The result equals that of the parser; where this is not certain, the reader stops and requests a parse of one part.
 */
export class QuickItems {
  readonly items: ChecklistItem[] = [];
  readonly #text: string;
  #headings = new HeadingPath();
  #levels: Level[] = [];
  #previousLine: 'blank' | 'heading' | 'paragraph' = 'blank';
  #checkpoint: Checkpoint = { start: 0, items: 0, headings: [] };
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Continues to read. Returns `true` at the end of the text, `false` at a part that needs the full parser. */
  read(): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      const start = this.#at;
      if (isRestartPoint(text, start, this.#previousLine === 'blank')) {
        const headings = this.#headings.snapshot();
        this.#checkpoint = { start, items: this.items.length, headings };
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

  /** Returns the part to parse, with the headings above it. The parser may change these headings. */
  part(): Part {
    const { start, headings } = this.#checkpoint;
    this.#headings = new HeadingPath(headings);
    return { start, end: nextRestartPoint(this.#text, this.#at), headings: this.#headings };
  }

  /** Replaces the items of the part by those of the parser and continues at `end`. */
  replacePart(items: readonly ChecklistItem[], end: number): void {
    this.items.length = this.#checkpoint.items;
    for (const item of items) {
      this.items.push(item);
    }
    this.#levels = [];
    this.#previousLine = 'blank';
    this.#at = end;
    const headings = this.#headings.snapshot();
    this.#checkpoint = { start: end, items: this.items.length, headings };
  }

  #line(start: number, end: number): boolean {
    const text = this.#text;
    let at = start;
    while (text.charCodeAt(at) === 0x20) {
      at += 1;
    }
    if (at >= end || text.slice(at, end).trim() === '') {
      this.#previousLine = 'blank';
      return at >= end || /^[ \t]*$/.test(text.slice(at, end));
    }
    if (text.charCodeAt(at) === 0x23 && headingAt(text, at) > 0) {
      return at === start && this.#heading(start, end);
    }
    const bullet = bulletAt(text, at);
    return bullet === null
      ? this.#paragraph(at, at - start, end)
      : this.#item(bullet, at, at - start, end);
  }

  #heading(start: number, end: number): boolean {
    this.#levels = [];
    this.#previousLine = 'heading';
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

  /** Within a paragraph only `1.` starts a list; an item that continues a list may have any number. */
  #mayInterrupt({ number, sign }: Bullet, closed: Level | null): boolean {
    return (
      number === null ||
      number === '1' ||
      this.#previousLine !== 'paragraph' ||
      closed?.sign === sign
    );
  }

  /** Returns the item, `null` without a box, or `false` if only the full parser can decide. */
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

  #paragraph(at: number, indent: number, end: number): boolean {
    if (!isText(this.#text, at, end)) {
      return false;
    }
    if (this.#previousLine !== 'paragraph') {
      this.#close(indent);
      if (indent - this.#indent() > 3) {
        return false;
      }
    }
    return this.#extend(at, end);
  }

  /** Adds the text of a line to the innermost item, and extends the items around it. */
  #extend(start: number, end: number): boolean {
    this.#previousLine = 'paragraph';
    for (const { item } of this.#levels) {
      if (item !== null) {
        item.end = end;
      }
    }
    const item = this.#current();
    return item === null || scanInline(this.#text, start, end, item);
  }

  /** Closes the items that do not contain a line with this indentation. Returns the outermost of them, or `null`. */
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
