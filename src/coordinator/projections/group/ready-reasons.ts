import type { RunState, TaskRecord } from '../../run/state/state.ts';
import { agentOf } from '../../run/transition/transition.ts';
import type { Holder } from '../project-run.ts';
import { waitReason } from '../wait-reason.ts';

/**
 * Why ready tasks wait, at one moment of a run. Ready tasks without locks differ in their agent and approval alone, so
 * the sentence is built once for all that share both.
 */
export class ReadyReasons {
  readonly #run: { readonly state: RunState; readonly holder: Holder } | null;
  readonly #known = new Map<string, string | null>();

  constructor(run: { readonly state: RunState; readonly holder: Holder } | null) {
    this.#run = run;
  }

  /** `null`: the task is not ready, or its run has ended. */
  of(record: TaskRecord): string | null {
    if (this.#run === null || record.state.kind !== 'ready' || this.#run.state.ended !== null) {
      return null;
    }
    const { state, holder } = this.#run;
    const asked = state.policy.asked.has(record) ? 'asked' : '';
    const key = `${record.approval} ${asked} ${agentOf(record)?.agent ?? ''}`;
    let reason = this.#known.get(key);
    if (reason === undefined) {
      reason = waitReason(state, record, holder);
      this.#known.set(key, reason);
    }
    return reason;
  }
}
