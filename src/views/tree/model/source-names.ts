import type { SourceId } from '../../../shared/ids.ts';

/** What tells sources of one name apart, as short as that goes: the parts of their paths that they do not share. */
export function shortSources(sources: readonly SourceId[]): ReadonlyMap<SourceId, string> {
  const paths = sources.map((source) => source.split('/'));
  const start = shared(paths);
  const end = shared(paths.map((path) => path.slice(start).reverse()));
  return new Map(
    sources.map((source, place) => {
      const path = paths[place] ?? [];
      const own = path.slice(start, path.length - end).join('/');
      return [source, own === '' ? (path.at(-1) ?? source) : own];
    }),
  );
}

/** How many parts all paths begin with. */
function shared(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  const differs = first.findIndex((part, place) => paths.some((path) => path[place] !== part));
  return differs === -1 ? first.length : differs;
}

/** Where each tool keeps its plans, as its own documentation says; anything else goes by its ending. */
const TOOLS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?:^|\/)specs\/[^/]+\/tasks\.md$/, 'spec-kit'],
  [/(?:^|\/)openspec\/changes\//, 'OpenSpec'],
  [/(?:^|\/)\.taskmaster\//, 'Task Master'],
  [/(?:^|\/)\.beads(?:\/|$)/, 'beads'],
  [/(?:^|\/)\.claude\/epics\//, 'ccpm'],
  [/\.json$/i, 'JSON'],
  [/(?:^|\/)map$/, 'no plan'],
];

/** The kind of plan that a source is, in a word or two. */
export function formatName(source: SourceId): string {
  return TOOLS.find(([pattern]) => pattern.test(source))?.[1] ?? 'Markdown';
}
