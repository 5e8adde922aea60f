import type { Node } from 'jsonc-parser';
import { getNodeValue } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { type JsonFault, members, parseJson } from './parse-json.ts';

/** A value in a JSON text and its span; locates its members and elements only on request. */
export interface JsonPlace extends Span {
  readonly value: unknown;
  /** `false` if the value is truncated or broken inside. */
  readonly whole: boolean;
  /** Returns the members of an object in text order, the last of a repeated name; empty for anything else. */
  members(): ReadonlyMap<string, JsonPlace>;
  /** Returns the elements of an array; empty for anything else. */
  elements(): readonly JsonPlace[];
}

/** A parsed JSON text, as far as it could be parsed. */
export interface LocatedJson {
  /** `null` if the text contains no value. */
  readonly root: JsonPlace | null;
  readonly faults: readonly JsonFault[];
}

/**
 * Parses strict JSON. `JSON.parse` reads the values, ten times as fast as a parser that records positions; only broken
 * text goes through the parser that recovers from faults.
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

/** A valid JSON text, with the end offset of each object and array by its start offset. */
interface ValidText {
  readonly text: string;
  readonly ends: ReadonlyMap<number, number>;
}

function placeAt(source: ValidText, start: number, value: unknown): ValidPlace {
  return new ValidPlace(source, start, endOf(source, start), value);
}

/** A place in a valid JSON text. */
class ValidPlace implements JsonPlace {
  readonly #source: ValidText;
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  readonly whole = true;

  constructor(source: ValidText, start: number, end: number, value: unknown) {
    this.#source = source;
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
    const { text } = this.#source;
    let at = skipSpace(text, this.start + 1);
    while (text.charCodeAt(at) === QUOTE) {
      const nameEnd = skipString(text, at);
      const name = nameOf(text.slice(at, nameEnd));
      const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
      const place = placeAt(this.#source, start, value[name]);
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
    const { text } = this.#source;
    let at = skipSpace(text, this.start + 1);
    return values.map((element) => {
      const place = placeAt(this.#source, at, element);
      at = skipComma(text, place.end);
      return place;
    });
  }
}

/** A place in a JSON text that has faults. */
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

/** Returns the offset after the comma that follows a value and the white space around it. */
function skipComma(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text.charCodeAt(at) === COMMA ? skipSpace(text, at + 1) : at;
}

/** Returns the offset after the string whose opening quote is at `from`. */
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

/** Returns the offset after the value that begins at `from`. */
function endOf({ text, ends }: ValidText, from: number): number {
  return (
    ends.get(from) ??
    (text.charCodeAt(from) === QUOTE ? skipString(text, from) : skipWord(text, from))
  );
}

/** Finds the ends of all objects and arrays in one pass, so that no text is scanned twice to find what follows. */
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

/** Returns the offset after a number, `true`, `false` or `null`. */
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
