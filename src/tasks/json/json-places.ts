import type { Node } from 'jsonc-parser';
import { getNodeValue } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { type JsonFault, members, parseJson } from './parse-json.ts';

/** A value in a JSON text and where it stands; what is in it is located only when it is asked for. */
export interface JsonPlace extends Span {
  readonly value: unknown;
  /** `false` for what was cut off or is broken inside. */
  readonly whole: boolean;
  /** The members of an object, of a repeated name the last; in the order of the text. Empty for anything else. */
  members(): ReadonlyMap<string, JsonPlace>;
  /** The elements of an array; empty for anything else. */
  elements(): readonly JsonPlace[];
}

/** A JSON text, or as much of it as could be understood. */
export interface LocatedJson {
  /** `null` where there is no value at all. */
  readonly root: JsonPlace | null;
  readonly faults: readonly JsonFault[];
}

/**
 * Parses strict JSON. The engine's own parser reads the values, ten times as fast as one that notes where everything
 * stands, and only what is broken goes through the parser that recovers.
 */
export function locateJson(text: string): LocatedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { root, faults } = parseJson(text);
    return { root: root === null ? null : new RecoveredPlace(root, text, faults), faults };
  }
  const start = skipSpace(text, 0);
  return { root: placeAt({ text, ends: containerEnds(text) }, start, value), faults: [] };
}

/** A text that is known to be JSON, and where each of its objects and arrays ends, by where it begins. */
interface WholeText {
  readonly text: string;
  readonly ends: ReadonlyMap<number, number>;
}

function placeAt(whole: WholeText, start: number, value: unknown): WholePlace {
  return new WholePlace(whole, start, endOf(whole, start), value);
}

/** In a text that is known to be JSON. */
class WholePlace implements JsonPlace {
  readonly #whole: WholeText;
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  readonly whole = true;

  constructor(whole: WholeText, start: number, end: number, value: unknown) {
    this.#whole = whole;
    this.start = start;
    this.end = end;
    this.value = value;
  }

  members(): ReadonlyMap<string, JsonPlace> {
    const found = new Map<string, JsonPlace>();
    const { value } = this;
    if (!isObject(value)) {
      return found;
    }
    const { text } = this.#whole;
    let at = skipSpace(text, this.start + 1);
    while (text.charCodeAt(at) === QUOTE) {
      const nameEnd = skipString(text, at);
      const name = nameOf(text.slice(at, nameEnd));
      const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
      const place = placeAt(this.#whole, start, value[name]);
      found.set(name, place);
      at = skipComma(text, place.end);
    }
    return found;
  }

  elements(): readonly JsonPlace[] {
    const { value } = this;
    if (!Array.isArray(value)) {
      return [];
    }
    const values: readonly unknown[] = value;
    const { text } = this.#whole;
    let at = skipSpace(text, this.start + 1);
    return values.map((element) => {
      const place = placeAt(this.#whole, at, element);
      at = skipComma(text, place.end);
      return place;
    });
  }
}

/** In a text that is broken somewhere. */
class RecoveredPlace implements JsonPlace {
  readonly #node: Node;
  readonly #text: string;
  readonly #faults: readonly JsonFault[];
  readonly start: number;
  readonly end: number;

  constructor(node: Node, text: string, faults: readonly JsonFault[]) {
    this.#node = node;
    this.#text = text;
    this.#faults = faults;
    this.start = node.offset;
    this.end = node.offset + node.length;
  }

  get value(): unknown {
    const value: unknown = getNodeValue(this.#node);
    return value;
  }

  get whole(): boolean {
    if (this.#node.type === 'object' && this.#text[this.end - 1] !== '}') {
      return false;
    }
    return !this.#faults.some((fault) => fault.start >= this.start && fault.start < this.end);
  }

  members(): ReadonlyMap<string, JsonPlace> {
    if (this.#node.type !== 'object') {
      return new Map();
    }
    return new Map([...members(this.#node)].map(([name, node]) => [name, this.#inner(node)]));
  }

  elements(): readonly JsonPlace[] {
    if (this.#node.type !== 'array') {
      return [];
    }
    return (this.#node.children ?? []).map((node) => this.#inner(node));
  }

  #inner(node: Node): JsonPlace {
    return new RecoveredPlace(node, this.#text, this.#faults);
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = 0x5b;
const CLOSING = 0x5d;

function nameOf(written: string): string {
  if (!written.includes('\\')) {
    return written.slice(1, -1);
  }
  const name: unknown = JSON.parse(written);
  return typeof name === 'string' ? name : '';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); isSpace(code); code = text.charCodeAt(at)) {
    at += 1;
  }
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Behind a value, its comma and the space around it. */
function skipComma(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text.charCodeAt(at) === COMMA ? skipSpace(text, at + 1) : at;
}

/** The offset behind the string whose quote is at `from`. */
function skipString(text: string, from: number): number {
  let quote = text.indexOf('"', from + 1);
  while (isEscaped(text, quote)) {
    quote = text.indexOf('"', quote + 1);
  }
  return quote + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

/** The offset behind the value that begins at `from`. */
function endOf({ text, ends }: WholeText, from: number): number {
  return (
    ends.get(from) ??
    (text.charCodeAt(from) === QUOTE ? skipString(text, from) : skipWord(text, from))
  );
}

/** One pass over the text, so that nothing has to be passed over twice to find what stands behind it. */
function containerEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      continue;
    }
    // `[` and `{`, `]` and `}` differ in one bit.
    const bracket = code & ~0x20;
    if (bracket === OPENING) {
      open.push(at);
    } else if (bracket === CLOSING) {
      ends.set(open.pop() ?? 0, at + 1);
    }
    at += 1;
  }
  return ends;
}

/** Behind a number, `true`, `false` or `null`. */
function skipWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === COMMA || (code & ~0x20) === CLOSING || isSpace(code)) {
      break;
    }
    at += 1;
  }
  return at;
}
