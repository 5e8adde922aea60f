import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlackboardView, viewOf } from '../../coordinator/blackboard/blackboard.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';

/** The instructions for an attempt. */
export interface Briefing {
  /** Absolute path of the attempt's view of the blackboard, JSON. */
  readonly contextFile: string;
  /** `null` for commands, which read no prompt. */
  readonly prompt: string | null;
}

/** Absolute path of a task attempt's view of the blackboard. */
export function viewFile(runDirectory: string, record: TaskRecord): string {
  const name = `${encodeName(record.planned.key)}-${record.attempt}.json`;
  return join(contextDirectory(runDirectory), 'role-views', name);
}

/** Writes the view for a task's next attempt, from the current blackboard. */
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
    // If this cannot be written, neither can the attempt's directory, and that failure ends the attempt with a reason.
  }
  return { file, view };
}
