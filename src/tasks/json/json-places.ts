import type { Node } from 'jsonc-parser';
import { getNodeValue } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { type JsonFault, members, parseJson } from './parse-json.ts';

/** A parsed JSON text, as far as it could be parsed. */
export interface LocatedJson {
  /** `null` if the text contains no value. */
  readonly root: JsonPlace | null;
  readonly faults: readonly JsonFault[];
}

/** Parses strict JSON and records where each value is. */
export function locateJson(text: string): LocatedJson {
  const { root, faults } = parseJson(text);
  return { root: root === null ? null : new JsonPlace(root, text, faults), faults };
}

/** A value in a JSON text and its span. */
export class JsonPlace implements Span {
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

  /** `false` if the value is truncated or broken inside. */
  get whole(): boolean {
    if (this.#node.type === 'object' && this.#text[this.end - 1] !== '}') {
      return false;
    }
    return !this.#faults.some((fault) => fault.start >= this.start && fault.start < this.end);
  }

  /** Returns the members of an object in text order, the last of a repeated name; empty for anything else. */
  members(): ReadonlyMap<string, JsonPlace> {
    if (this.#node.type !== 'object') {
      return new Map();
    }
    return new Map([...members(this.#node)].map(([name, node]) => [name, this.#inner(node)]));
  }

  /** Returns the elements of an array; empty for anything else. */
  elements(): readonly JsonPlace[] {
    if (this.#node.type !== 'array') {
      return [];
    }
    return (this.#node.children ?? []).map((node) => this.#inner(node));
  }

  #inner(node: Node): JsonPlace {
    return new JsonPlace(node, this.#text, this.#faults);
  }
}
