import type { Problem, SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';

/**
 * Restricts readings to the `wanted` sources, which a user has named (`tasks.json@feature`). A source that does not
 * exist is a problem of its file.
 */
export function onlySources(
  read: readonly SourceSnapshot[],
  wanted: ReadonlySet<SourceId>,
): readonly SourceSnapshot[] {
  return read.map((each) => {
    const sources = new Set([...each.tasks.map(({ source }) => source), ...(each.onDemand ?? [])]);
    const absent = [...wanted].filter(
      (source) => source.startsWith(`${each.file}@`) && !sources.has(source),
    );
    return {
      ...each,
      onDemand: [...sources],
      problems: [...each.problems, ...absent.map((source) => noSuchSource(source, each, sources))],
    };
  });
}

function noSuchSource(
  source: SourceId,
  { file }: SourceSnapshot,
  sources: ReadonlySet<SourceId>,
): Problem {
  const names = [...sources].join(', ');
  const message = t(
    'There are no tasks in {0}. {1}',
    source,
    names === '' ? 'Leave the tag out.' : `There are: ${names}.`,
  );
  return {
    severity: 'error',
    code: 'no-such-tag',
    message,
    place: { file, line: 1 },
    range: null,
  };
}
