import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';

/** A place where the text is not JSON. */
export interface JsonFault extends Span {
  readonly message: string;
}

/** A JSON text with positions, as far as it could be parsed. */
export interface JsonText {
  readonly root: Node | null;
  readonly faults: readonly JsonFault[];
}

/** Parses strict JSON (no comments, no trailing commas), recovering from faults. */
export function parseJson(text: string): JsonText {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { disallowComments: true }) ?? null;
    return { root, faults: errors.map(fault) };
  } catch (error) {
    // The parser is recursive; a text that overflows the stack is not a plan.
    if (!(error instanceof RangeError)) {
      throw error;
    }
    return { root: null, faults: [{ start: 0, end: 0, message: 'nested too deeply' }] };
  }
}

function fault({ error, offset, length }: ParseError): JsonFault {
  const words = printParseErrorCode(error).replace(/([a-z])([A-Z])/g, '$1 $2');
  return { start: offset, end: offset + length, message: words.toLowerCase() };
}

/** Returns the members of an object. The last of a repeated name wins, as in `JSON.parse`. */
export function members(node: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const { children: [name, value] = [] } of node.children ?? []) {
    if (typeof name?.value === 'string' && value !== undefined) {
      found.set(name.value, value);
    }
  }
  return found;
}
