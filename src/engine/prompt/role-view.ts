import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlackboardView, viewOf } from '../../coordinator/blackboard/blackboard.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';

/** What an attempt is told before it starts. */
export interface Briefing {
  /** Absolute path of its own view of the blackboard, JSON. */
  readonly contextFile: string;
  /** `null` for commands, which read none. */
  readonly prompt: string | null;
}

/** Where a task's attempt finds its view of the blackboard (absolute). */
export function viewFile(runDirectory: string, record: TaskRecord): string {
  const name = `${encodeName(record.planned.key)}-${record.attempt}.json`;
  return join(contextDirectory(runDirectory), 'role-views', name);
}

/** Writes the view of a task's next attempt, as the blackboard stands now. */
export async function writeView(
  runDirectory: string,
  run: RunState,
  record: TaskRecord,
): Promise<{ readonly file: string; readonly view: BlackboardView }> {
  const file = viewFile(runDirectory, record);
  const view = viewOf(run, record);
  try {
    await mkdir(join(contextDirectory(runDirectory), 'role-views'), { recursive: true });
    await writeFileAtomic(file, `${JSON.stringify(view, undefined, 2)}\n`);
  } catch {
    // Where nothing can be written, the attempt's own directory cannot either: that ends it, and says why.
  }
  return { file, view };
}
