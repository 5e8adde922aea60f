import type { Span } from './marked-text.ts';

const DEPENDS_ON = /\(\s*depends\s+on(?:\s*:\s*|\s+)[^()]{1,2000}\)/gi;
const NOTHING = /^(?:nothing|none|n\/a|-|–|—)$/i;

/** `(depends on T012, T013)`; `ids` as written, short ids or keys. */
export interface DependencyMarker extends Span {
  readonly ids: readonly string[];
}

/** Every `(depends on …)`, any case. `prose` says where they are, `text` has their inline code as well. */
export function dependencyMarkers(prose: string, text: string): readonly DependencyMarker[] {
  return [...prose.matchAll(DEPENDS_ON)].map(({ index: start, 0: match }) => {
    const end = start + match.length;
    const list = text.slice(start + 1, end - 1).replace(/^\s*depends\s+on\s*:?\s*/i, '');
    return { start, end, ids: list.split(/[,;&]|\sand\s/i).flatMap(dependencyId) };
  });
}

function dependencyId(item: string): readonly string[] {
  const name = item
    .replaceAll('`', '')
    .trim()
    .replace(/^(?:and|tasks?)\s+/i, '')
    .replace(/\.$/, '');
  if (name === '' || NOTHING.test(name)) return [];
  // `T012 for the schema`: the id and a remark. Words alone are kept whole, and then reported as an unknown id.
  const [first = name] = name.split(/\s/);
  return [/\d/.test(first) ? first : name.replace(/\s+/g, ' ')];
}
