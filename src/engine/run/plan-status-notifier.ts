import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { asSourceId, asTaskId } from '../../shared/ids.ts';
import { type Result, success } from '../../shared/result.ts';
import type { WriteStatus } from '../contract/ports.ts';

/** Reports the status of a run's tasks to its source. A map has no source. */
export class PlanStatusNotifier {
  readonly #run: RunState;
  readonly #writeStatus: WriteStatus;

  constructor(run: RunState, writeStatus: WriteStatus) {
    this.#run = run;
    this.#writeStatus = writeStatus;
  }

  /**
   * Marks a task as begun. This only informs others with the same source: the group's lock decides what this process
   * launches.
   */
  begun(record: TaskRecord): Promise<Result<void, string>> {
    return this.#tell(record, 'in_progress');
  }

  /** Marks a task as done. */
  done(record: TaskRecord): Promise<Result<void, string>> {
    return this.#tell(record, 'completed');
  }

  /**
   * At the end of the run, marks failed tasks in sources that support it and reopens tasks that were begun but not
   * finished.
   */
  async over(): Promise<void> {
    await Promise.all(
      this.#run.order.map(async (record) => {
        const { state, attempt } = record;
        if (state.kind === 'failed') {
          await this.#tell(record, 'failed');
        }
        if (attempt > 0 && (state.kind !== 'completed' || state.close.kind !== 'closed')) {
          await this.#tell(record, 'pending');
        }
      }),
    );
  }

  #tell(
    { planned }: TaskRecord,
    status: Parameters<WriteStatus>[1],
  ): Promise<Result<void, string>> {
    if (this.#run.plan.kind === 'map') {
      return Promise.resolve(success(undefined));
    }
    const task = {
      source: asSourceId(this.#run.plan.source),
      id: asTaskId(planned.id),
      fingerprint: planned.fingerprint,
    };
    return this.#writeStatus(task, status);
  }
}
