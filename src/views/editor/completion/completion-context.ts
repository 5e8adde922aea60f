import { getLocation } from 'jsonc-parser';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';

/** The element that the user is typing, and the span that a completion replaces. */
export interface CompletionContext {
  readonly kind: 'group' | 'dependency';
  readonly replace: Span;
  /** The replaced text up to the cursor. */
  readonly typed: string;
}

/** `[P:` and any part of `Group-<id>` at the end of the text. A checkbox, `[ ]`, does not match. */
const GROUP = /\[P:(?:G(?:r(?:o(?:u(?:p(?:-[^\]\s[]*)?)?)?)?)?)?$/i;
const DEPENDS_ON = /\(\s*depends\s+on(?:\s*:\s*|\s+)([^()\n]{0,2000})$/i;
const SEPARATOR = /[,;&]|\sand\s/i;
/** Characters before the cursor that are read; lines of plans are shorter. */
const LONGEST_LINE = 5000;

/** Returns what can be completed at `offset`; `null` if nothing. */
export function completionContext(text: string, offset: number): CompletionContext | null {
  const lineStart = Math.max(
    text.lastIndexOf('\n', offset - 1),
    text.lastIndexOf('\r', offset - 1),
  );
  const before = text.slice(Math.max(lineStart + 1, offset - LONGEST_LINE), offset);
  const after = /^[^\r\n]{0,300}/.exec(text.slice(offset, offset + 300))?.[0] ?? '';
  return groupContext(before, after, offset) ?? markerContext(before, after, offset);
}

/** Returns the same for JSON, which has completions in `"dependencies": ["…"]` too. */
export function jsonCompletionContext(text: string, offset: number): CompletionContext | null {
  return completionContext(text, offset) ?? listContext(text, offset);
}

function groupContext(before: string, after: string, offset: number): CompletionContext | null {
  const typed = GROUP.exec(before)?.[0];
  if (typed === undefined) {
    return null;
  }
  const rest = /^[^\]\s["\\]*\]?/.exec(after)?.[0] ?? '';
  const closed = rest.endsWith(']');
  // Without a closing bracket, the text after the cursor belongs to the title.
  const end = closed ? offset + rest.length : offset;
  return { kind: 'group', replace: { start: offset - typed.length, end }, typed };
}

function markerContext(before: string, after: string, offset: number): CompletionContext | null {
  const list = DEPENDS_ON.exec(before)?.[1];
  const typed = list?.split(SEPARATOR).at(-1)?.trimStart();
  // Two words are a remark on an id, not the beginning of one.
  if (typed === undefined || /\s/.test(typed)) {
    return null;
  }
  const rest = /^[^,;&()\s"\\]*/.exec(after)?.[0] ?? '';
  const closed = /^\s*[,;&)]/.test(after.slice(rest.length));
  return {
    kind: 'dependency',
    replace: { start: offset - typed.length, end: closed ? offset + rest.length : offset },
    typed,
  };
}

function listContext(text: string, offset: number): CompletionContext | null {
  const { path, previousNode } = getLocation(text, offset);
  const inList = path.at(-2) === 'dependencies' && typeof path.at(-1) === 'number';
  if (!inList || previousNode?.type !== 'string') {
    return null;
  }
  const start = previousNode.offset + 1;
  const behind = previousNode.offset + previousNode.length;
  const closed = behind > start && text[behind - 1] === '"';
  if (offset < start || offset > (closed ? behind - 1 : behind)) {
    return null;
  }
  const end = closed ? behind - 1 : offset;
  return { kind: 'dependency', replace: { start, end }, typed: text.slice(start, offset) };
}
