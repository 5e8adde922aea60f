import type { Span } from './marked-text.ts';

/** `[No-Change]`, any case. */
const EXACT = /\[No-Change\]/gi;
/** Near misses: `[NoChange]`, `[no changes]`. */
const ALMOST = /\[\s*No[\s_-]*Changes?\s*\]/gi;

/** A misspelled marker. */
export interface AlmostNoChange extends Span {
  readonly written: string;
}

/** Ranges of `[No-Change]` markers, and of near misses. */
export function noChangeMarkers(prose: string): {
  readonly exact: readonly Span[];
  readonly almost: readonly AlmostNoChange[];
} {
  const exact = [...prose.matchAll(EXACT)].map(placed);
  const starts = new Set(exact.map(({ start }) => start));
  const almost = [...prose.matchAll(ALMOST)].map(placed).filter(({ start }) => !starts.has(start));
  return { exact, almost };
}

function placed({ index, 0: written }: RegExpExecArray): AlmostNoChange {
  return { written, start: index, end: index + written.length };
}

/** `[Interactive]`, any case. */
const MARKER = /\[Interactive\]/gi;

/** Ranges of `[Interactive]` markers. */
export function interactiveMarkers(prose: string): readonly Span[] {
  return [...prose.matchAll(MARKER)].map(({ index, 0: written }) => ({
    start: index,
    end: index + written.length,
  }));
}
