import type { RunState, TaskRecord } from '../../run/state/state.ts';
import { agentOf } from '../../run/transition/transition.ts';
import type { Holder } from '../project-run.ts';
import { waitReason } from '../wait-reason.ts';

interface ProjectedRun {
  readonly state: RunState;
  readonly holder: Holder;
}

/** A reason, and a task that it was made from. */
interface Known {
  readonly record: TaskRecord;
  readonly reason: string | null;
}

/**
 * Why ready tasks wait, at one moment of a run. Ready tasks without locks differ in their agent and approval alone, so
 * the sentence is built once for all that share both.
 */
export class ReadyReasons {
  readonly #run: ProjectedRun | null;
  readonly #known = new Map<string, Known>();

  constructor(run: ProjectedRun | null) {
    this.#run = run?.state.ended === null ? run : null;
  }

  /** `null`: the task is not ready, or its run has ended. */
  of(record: TaskRecord): string | null {
    if (this.#run === null || record.state.kind !== 'ready') {
      return null;
    }
    const key = this.#keyOf(record, this.#run);
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known.reason;
    }
    const reason = waitReason(this.#run.state, record, this.#run.holder);
    this.#known.set(key, { record, reason });
    return reason;
  }

  /** Whether every reason that was given still holds, for all tasks that have not changed since. */
  areCurrent(run: ProjectedRun | null): boolean {
    const now = new ReadyReasons(run);
    if (now.#run === null || this.#run === null) {
      return now.#run === this.#run;
    }
    for (const [key, { record, reason }] of this.#known) {
      const isSame =
        record.state.kind === 'ready' &&
        record.lockRequests.length === 0 &&
        now.#keyOf(record, now.#run) === key &&
        now.of(record) === reason;
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  #keyOf(record: TaskRecord, { state: { policy } }: ProjectedRun): string {
    return `${record.approval} ${policy.asked.has(record)} ${agentOf(record)?.agent ?? ''}`;
  }
}
