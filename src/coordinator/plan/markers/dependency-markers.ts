import { pieces, type Span } from './marked-text.ts';

const DEPENDS_ON = /\(\s*depends\s+on(?:\s*:\s*|\s+)[^()]{1,2000}\)/gi;
const OPENING = /^\(\s*depends\s+on\s*:?\s*/i;
const SEPARATOR = /[,;&]|\sand\s/gi;
const NOTHING = /^(?:nothing|none|n\/a|-|–|—)$/i;

/** One dependency of the list: a short id or a key. */
export interface DependencyItem {
  readonly id: string;
  /** The whole item between separators, including back ticks and a remark. */
  readonly piece: Span;
}

/** `(depends on T012, T013)`, with the dependencies as written. */
export interface DependencyMarker extends Span {
  readonly ids: readonly string[];
  readonly items: readonly DependencyItem[];
}

/** All `(depends on …)` markers, in any case. `prose` determines where they are; `text` includes their inline code. */
export function dependencyMarkers(prose: string, text: string): readonly DependencyMarker[] {
  if (!prose.includes('(')) {
    return [];
  }
  return [...prose.matchAll(DEPENDS_ON)].map(({ index: start, 0: match }) => {
    const end = start + match.length;
    const list = start + (OPENING.exec(text.slice(start, end))?.[0].length ?? 0);
    const items = pieces(text.slice(list, end - 1), SEPARATOR, list).flatMap((piece) => {
      const id = dependencyId(text.slice(piece.start, piece.end));
      return id === null ? [] : [{ id, piece }];
    });
    return { start, end, ids: items.map(({ id }) => id), items };
  });
}

/** Range of the id within its item of `text`; the whole item if the id is spelled differently there. */
export function idPlace({ id, piece }: DependencyItem, text: string): Span {
  const written = text.slice(piece.start, piece.end);
  const lead = /^(?:and|tasks?)[\s`]+/i.exec(written)?.[0].length ?? 0;
  const index = written.indexOf(id, id.length + lead > written.length ? 0 : lead);
  if (index === -1) {
    return piece;
  }
  return { start: piece.start + index, end: piece.start + index + id.length };
}

function dependencyId(item: string): string | null {
  const name = item
    .replaceAll('`', '')
    .trim()
    .replace(/^(?:and|tasks?)\s+/i, '')
    .replace(/\.$/, '');
  if (name === '' || NOTHING.test(name)) {
    return null;
  }
  // `T012 for the schema`: an id and a remark. Plain words are kept and reported as an unknown id.
  const [first = name] = name.split(/\s/);
  return /\d/.test(first) ? first : name.replace(/\s+/g, ' ');
}
