import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectBlackboard } from '../../coordinator/blackboard/blackboard.ts';
import { historyOf } from '../../coordinator/blackboard/history.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { blackboardFile, contextDirectory } from '../../store/directories/run-directory.ts';
import type { Projection } from '../../store/files/projection-writer.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';

/**
 * `blackboard.json` and `history.jsonl` of a run, for people and for the suites that check the run; agents have their
 * own views.
 */
export function blackboardProjection(runDirectory: string, run: RunState): Projection {
  const path = blackboardFile(runDirectory);
  return {
    path,
    write: async () => {
      const directory = contextDirectory(runDirectory);
      const board = `${JSON.stringify(projectBlackboard(run), undefined, 2)}\n`;
      const history = historyOf(run).map((entry) => `${JSON.stringify(entry)}\n`);
      await mkdir(directory, { recursive: true });
      await writeFileAtomic(path, board);
      await writeFileAtomic(join(directory, 'history.jsonl'), history.join(''));
    },
  };
}

/** Whether an event, which the state includes already, changes the blackboard. */
export function changesBlackboard(event: RunEventBody, run: RunState): boolean {
  // A new attempt clears the result of the previous one.
  const clears = event.type === 'attempt.requested' && run.results.size > 0;
  return clears || event.type === 'result.received';
}
