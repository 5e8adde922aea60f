import { createMeasure, measure } from '../../coordinator/metrics/measure.ts';
import { WorkspaceMetrics } from '../../coordinator/metrics/workspace-metrics.ts';
import type { TaskStatus } from '../../shared/status.ts';
import { listRunDirectories, runDirectory } from '../../store/directories/run-directory.ts';
import { type Journal, readJournal } from '../../store/journal/journal-reader.ts';
import { isRegistered } from '../../store/user/run-register.ts';

/** The metrics from all journals of a workspace. */
export interface CollectedMetrics {
  readonly metrics: WorkspaceMetrics;
  /** Number of counted runs. */
  readonly runs: number;
  /** Directories of runs that this user did not start there: they came with the workspace and prove nothing. */
  readonly foreign: readonly string[];
  /** Unreadable journals, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Adds up all runs of this user in the state directory, one journal at a time. `storage`: the user's own storage, which
 * has the register of runs.
 */
export async function collectMetrics(
  workspaceRoot: string,
  storage: string,
): Promise<CollectedMetrics> {
  const metrics = new WorkspaceMetrics();
  const foreign: string[] = [];
  const problems: string[] = [];
  let runs = 0;
  for (const directory of await listRunDirectories(workspaceRoot)) {
    const journal = await readJournal(directory);
    if (!journal.ok) {
      // A run that was abandoned before its first event has nothing to count.
      if (journal.failure.reason !== 'not_started') {
        problems.push(journal.failure.message);
      }
    } else if (!(await isOurs(workspaceRoot, storage, directory, journal.value))) {
      foreign.push(directory);
    } else {
      count(metrics, journal.value);
      runs += 1;
    }
  }
  return { metrics, runs, foreign, problems };
}

/** Whether this user started a run in its directory: a copy of such a run under another name would count twice. */
async function isOurs(
  workspaceRoot: string,
  storage: string,
  directory: string,
  journal: Journal,
): Promise<boolean> {
  return (
    runDirectory(workspaceRoot, journal.run) === directory && (await isRegistered(storage, journal))
  );
}

function count(metrics: WorkspaceMetrics, { plan, events }: Journal): void {
  const run = createMeasure(plan);
  let status: TaskStatus = 'in_progress';
  for (const { event } of events) {
    measure(run, event);
    status = event.type === 'run.ended' ? event.status : status;
  }
  metrics.add(plan, status, run);
}
