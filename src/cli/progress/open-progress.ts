import type { Workspace } from '../../engine/workspace/workspace.ts';
import { LineProgress } from './line-progress.ts';
import { LiveProgress } from './live-progress.ts';
import type { Progress } from './progress.ts';

/** A live display on a terminal, one line an event elsewhere. */
export function openProgress(workspace: Workspace): Progress {
  const { stderr, env } = process;
  return stderr.isTTY && env.TERM !== 'dumb'
    ? new LiveProgress(workspace, stderr)
    : new LineProgress(workspace.bus, (text) => stderr.write(`${text}\n`));
}
