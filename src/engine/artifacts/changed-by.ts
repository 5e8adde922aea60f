import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';

/** The files that a task is known to have changed: by its evidence, else by its agent's report. */
export function changedBy({ changedFiles, outcome }: TaskRecord): readonly string[] {
  if (changedFiles.length > 0) {
    return changedFiles;
  }
  return [...new Set(outcome?.edits)].filter(
    (path) => !/^(?:[/\\]|[a-z]:|\.\.(?:[/\\]|$))/i.test(path) && !path.startsWith(STATE_DIRECTORY),
  );
}

/** Whether only the agent's own report says which files changed. */
export function isOnlySaid(record: TaskRecord): boolean {
  return record.changedFiles.length === 0 && changedBy(record).length > 0;
}

/** The tasks that changed each file of a run, in the order of the source. */
export type Changers = ReadonlyMap<string, readonly TaskRecord[]>;

export function changersOf(run: RunState): Changers {
  const changers = new Map<string, TaskRecord[]>();
  for (const record of run.order) {
    for (const path of changedBy(record)) {
      const known = changers.get(path);
      if (known === undefined) {
        changers.set(path, [record]);
      } else {
        known.push(record);
      }
    }
  }
  return changers;
}

/** One sentence for each file of a task that other tasks changed too. */
export function sharedChanges(changers: Changers, record: TaskRecord): string[] {
  return changedBy(record).flatMap((path) => {
    const others = (changers.get(path) ?? []).filter((other) => other !== record);
    const ids = others.map(({ planned }) => planned.id).join(', ');
    return ids === ''
      ? []
      : [t('{0} was changed by {1} too; whose change a line is cannot be told.', path, ids)];
  });
}
