import type { ActiveRun } from '../../engine/run/active-run.ts';
import { t } from '../../shared/messages.ts';
import type { Progress } from '../progress/progress.ts';
import { type CliWorkspace, LABEL } from './cli-workspace.ts';
import type { Interrupt } from './interrupt.ts';
import { type RunEnd, waitForEnd } from './wait-for-end.ts';

/** A run that this process could not see through. */
interface Suspended {
  readonly kind: 'suspended';
  readonly why: string;
}

/** Stops what is to be stopped by Ctrl-C: the first asks, the second ends the host, the third lets go at once. */
export function stopOnInterrupt(
  session: CliWorkspace,
  interrupt: Interrupt,
  progress: Progress,
  stop: () => void,
): { dispose: () => void } {
  const act = (count: number): void => {
    if (count === 1) {
      progress.line(t('Stopping. Press Ctrl-C again to end everything at once.'));
      stop();
    } else if (count === 2) {
      progress.line(t('Ending everything.'));
      session.launcher.stop();
    } else {
      session.workspace.dispose();
      process.exit(130);
    }
  };
  if (interrupt.requested) {
    act(1);
  }
  return interrupt.onRequest(act);
}

interface DriveOptions {
  readonly interrupt: Interrupt;
  readonly progress: Progress;
  /** What the run does now: `starts`, `goes on`. */
  readonly verb: string;
}

/** Sees a run of ours through to its end. If another process takes it over on request, it is followed there. */
export async function waitForRun(
  session: CliWorkspace,
  run: ActiveRun,
  { interrupt, progress, verb }: DriveOptions,
): Promise<RunEnd | Suspended> {
  const { workspace } = session;
  const { group } = run.state.plan;
  progress.follow(run, verb);
  const stopping = stopOnInterrupt(session, interrupt, progress, () => {
    if (run.state.ended === null) {
      void workspace.control.stop(group);
    }
  });
  try {
    await run.over;
    if (run.state.ended !== null) {
      await run.done;
      return { kind: 'ended', state: run.state };
    }
    const why = run.suspended;
    if (why !== null) {
      await run.release();
      return { kind: 'suspended', why };
    }
    progress.line(t('Another window or command line takes the run over; the {0} looks on.', LABEL));
    const end = await waitForEnd(workspace, group, { timeoutMs: null, changingHands: true });
    return end ?? { kind: 'abandoned', state: run.state };
  } finally {
    stopping.dispose();
  }
}
