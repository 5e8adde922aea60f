import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { asSourceId, asTaskId } from '../../shared/ids.ts';
import { type Result, success } from '../../shared/result.ts';
import type { WriteStatus } from '../contract/ports.ts';

/** Tells a run's source what becomes of its tasks. A map has none. */
export class PlanStatusNotifier {
  readonly #run: RunState;
  readonly #writeStatus: WriteStatus;

  constructor(run: RunState, writeStatus: WriteStatus) {
    this.#run = run;
    this.#writeStatus = writeStatus;
  }

  /** A task was begun. Only a courtesy to others with the same source: what we launch is decided by our own lock. */
  begun(record: TaskRecord): Promise<Result<void, string>> {
    return this.#tell(record, 'in_progress');
  }

  /** A task is proven. */
  done(record: TaskRecord): Promise<Result<void, string>> {
    return this.#tell(record, 'completed');
  }

  /** The run is over: what failed is told to sources that have a word for it, and what was begun and is open is put back. */
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
