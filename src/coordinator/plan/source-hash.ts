import type { SourceId } from '../../shared/ids.ts';
import type { Plan } from '../schema/task.ts';

/** Hash that identifies the state of a source, from the hashes of the files of its tasks; `''` if it is gone. */
export function sourceHash(plan: Plan, source: SourceId): string {
  return plan.sources
    .filter(({ file, tasks }) => file === source || tasks.some((task) => task.source === source))
    .map(({ hash }) => hash)
    .join(' ');
}
