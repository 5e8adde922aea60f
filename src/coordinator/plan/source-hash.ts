import type { SourceId } from '../../shared/ids.ts';
import type { Plan } from '../schema/task.ts';

/** Tells one state of a source from the next: the hashes of the files that its tasks stand in, or `''` if it is gone. */
export function sourceHash(plan: Plan, source: SourceId): string {
  return plan.sources
    .filter(({ file, tasks }) => file === source || tasks.some((task) => task.source === source))
    .map(({ hash }) => hash)
    .join(' ');
}
