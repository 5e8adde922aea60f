import { randomBytes } from 'node:crypto';
import { asRunId, type RunId } from '../../shared/ids.ts';

/** A new id; ids sort by the time of their start. */
export function newRunId(now: number): RunId {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return asRunId(`${stamp}-${randomBytes(3).toString('hex')}`);
}
