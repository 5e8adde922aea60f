import { readFileSync } from 'node:fs';
import { processTable } from '../../src/system/processes/process-table.ts';
import { eventually } from './eventually.ts';

/** Everything that a step of `npm test` starts inherits it, unless it gets an environment of its own. */
export const stepVariable = 'PARALLEL_GROUPS_TEST_STEP';

/** Waits for a file that contains a process id, and returns the id. */
export async function pidIn(file: string): Promise<number> {
  let pid = 0;
  await eventually(`${file} names a process`, () => {
    try {
      pid = Number(readFileSync(file, 'utf8'));
    } catch {
      return false;
    }
    return pid > 0;
  });
  return pid;
}

/** Returns whether a process runs. A zombie does not run. */
export async function lives(pid: number): Promise<boolean> {
  const table = await processTable([pid]);
  return (table ?? []).some((entry) => entry.pid === pid);
}

/** Ends processes of a test, if they still run. */
export function endAll(pids: readonly (number | undefined)[]): void {
  for (const pid of pids) {
    if (pid === undefined || pid <= 1) {
      continue;
    }
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
