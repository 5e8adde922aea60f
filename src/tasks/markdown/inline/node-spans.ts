import type { Nodes, Parents } from 'mdast';
import type { CodeSpan, Span } from '../../../coordinator/plan/markers/marked-text.ts';

/** The spans of one node, without those of its children, that affect how the surrounding text is read. */
export interface NodeSpans {
  readonly code: readonly CodeSpan[];
  readonly hidden: readonly Span[];
  readonly comments: readonly Span[];
  readonly formatting: readonly Span[];
}

const NONE: NodeSpans = { code: [], hidden: [], comments: [], formatting: [] };

const HIDDEN: ReadonlySet<Nodes['type']> = new Set([
  'code',
  'definition',
  'image',
  'imageReference',
]);

/** Returns the parts of a node's source that are code, are not text, or are only formatting. */
export function spansOf(node: Nodes, text: string): NodeSpans {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const whole = [{ start, end }];
  if (node.type === 'inlineCode') {
    return { ...NONE, code: [{ start, end, value: node.value }] };
  }
  if (node.type === 'html') {
    return {
      ...NONE,
      hidden: whole,
      comments: node.value.trimStart().startsWith('<!--') ? whole : [],
    };
  }
  if (HIDDEN.has(node.type)) {
    return { ...NONE, hidden: whole };
  }
  if (node.type === 'link' || node.type === 'linkReference') {
    return linkSpans(node, start, end, text);
  }
  if (node.type === 'emphasis' || node.type === 'strong') {
    return { ...NONE, formatting: around(node, start, end) };
  }
  return node.type === 'text'
    ? { ...NONE, formatting: escapes(text.slice(start, end), start) }
    : NONE;
}

function linkSpans(node: Parents, start: number, end: number, text: string): NodeSpans {
  const formatting = around(node, start, end);
  // `<https://…>` consists of a target only.
  if (text[start] === '<') {
    return { ...NONE, hidden: [{ start, end }] };
  }
  // The bracket after the text stays visible: `[P:Group-a](…)` is a marker with a link.
  const target = (node.children.at(-1)?.position?.end.offset ?? start) + 1;
  return { ...NONE, hidden: target < end ? [{ start: target, end }] : [], formatting };
}

/** Returns the node's own source before its first child and after its last. */
function around(node: Parents, start: number, end: number): readonly Span[] {
  const first = node.children[0]?.position?.start.offset ?? end;
  const last = node.children.at(-1)?.position?.end.offset ?? end;
  return [
    { start, end: first },
    { start: last, end },
  ].filter((span) => span.start < span.end);
}

function escapes(raw: string, start: number): readonly Span[] {
  if (!raw.includes('\\')) {
    return [];
  }
  return [...raw.matchAll(/\\(?=[!-/:-@[-`{-~])/g)].map(({ index }) => ({
    start: start + index,
    end: start + index + 1,
  }));
}
