import { randomBytes } from 'node:crypto';
import { asRunId, type RunId } from '../../shared/ids.ts';

/** Creates a run id. Ids sort by start time. `now`: ms since the epoch. */
export function newRunId(now: number): RunId {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return asRunId(`${stamp}-${randomBytes(3).toString('hex')}`);
}
