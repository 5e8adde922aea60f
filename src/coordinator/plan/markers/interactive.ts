import type { Span } from './marked-text.ts';

/** `[Interactive]`, any case. */
const MARKER = /\[Interactive\]/gi;

/** Ranges of `[Interactive]` markers. */
export function interactiveMarkers(prose: string): readonly Span[] {
  return [...prose.matchAll(MARKER)].map(({ index, 0: written }) => ({
    start: index,
    end: index + written.length,
  }));
}
