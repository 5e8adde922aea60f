import type { ActiveRun } from '../../engine/run/active-run.ts';
import { t } from '../../shared/messages.ts';
import { LABEL } from './cli-workspace.ts';
import { type RunEnd, waitForEnd } from './wait-for-end.ts';
import type { CliContext } from './with-run-context.ts';

/** A run that this process had to suspend. */
interface Suspended {
  readonly kind: 'suspended';
  readonly why: string;
}

/** Handles Ctrl-C: the first calls `stop`, the second ends the runner host, the third exits immediately. */
export function stopOnInterrupt(
  { workspace, launcher, interrupt, progress }: CliContext,
  stop: () => void,
): { dispose: () => void } {
  const act = (count: number): void => {
    if (count === 1) {
      progress.line(t('Stopping. Press Ctrl-C again to end everything at once.'));
      stop();
    } else if (count === 2) {
      progress.line(t('Ending everything.'));
      launcher.stop();
    } else {
      workspace.dispose();
      process.exit(130);
    }
  };
  if (interrupt.requested) {
    act(1);
  }
  return interrupt.onRequest(act);
}

/** Waits for the end of a run of this process. If another process takes it over, waits for its end there. */
export async function waitForRun(
  context: CliContext,
  run: ActiveRun,
  verb: string,
): Promise<RunEnd | Suspended> {
  const { workspace, progress } = context;
  const { group } = run.state.plan;
  progress.follow(run, verb);
  const stopping = stopOnInterrupt(context, () => {
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
