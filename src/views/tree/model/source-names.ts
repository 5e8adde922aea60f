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
