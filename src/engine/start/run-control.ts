import { nudgeRefusal } from '../../coordinator/run/resume.ts';
import { isAsked } from '../../coordinator/run/transition/judgement.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Result } from '../../shared/result.ts';
import type { Judgement } from '../contract/judgement.ts';
import { refuse } from '../contract/refusals.ts';
import { type RunRefusal } from '../contract/run-refusal.ts';
import type { GroupRunHandle } from '../groups/group-run-handle.ts';
import { approveRun } from '../prepare/approve-run.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { lockGroup, resumeRun } from '../run/open-run.ts';
import type { RunStarterDeps } from './run-starter.ts';

/** Takes up and stops runs that are not over, whoever coordinates them. */
export class RunControl {
  readonly #parts: RunStarterDeps;

  constructor(parts: RunStarterDeps) {
    this.#parts = parts;
  }

  /** Takes up a run that nobody coordinates. `takeFrom`: the epoch that a person agreed to take it from. */
  async resume(key: GroupKey, takeFrom: number | null): Promise<Result<ActiveRun, RunRefusal>> {
    const { options, env, slots } = this.#parts;
    const slot = slots.get(key);
    const current = slot?.current();
    if (slot === undefined || current?.state.ended !== null) {
      return refuse('nothing', t('There is no unfinished run to resume.'));
    }
    if (!options.isTrusted()) {
      return refuse('nothing', t('This folder is in Restricted Mode: nothing runs.'));
    }
    const approved = await approveRun(options, env.bus, current.state.plan);
    return approved.ok ? this.#takeUp(slot, takeFrom, []) : approved;
  }

  /**
   * Stops a group's run, or one task of it: ours at once, another's by asking its holder. The failure is a
   * sentence.
   */
  async stop(key: GroupKey, task: TaskKey | null): Promise<string | null> {
    const { options, slots } = this.#parts;
    const slot = slots.get(key);
    if (slot === undefined) {
      return t('Nothing of this group is running.');
    }
    if (slot.active !== null) {
      slot.active.cancel(task, options.label);
      return null;
    }
    await slot.look();
    if (slot.current()?.holder.holder === 'nobody') {
      if (task !== null) {
        return t('Nobody coordinates this run: resume it, or stop all of it.');
      }
      // Nothing is launched any more, so there is nothing to approve.
      const by = options.label;
      const resumed = await this.#takeUp(slot, null, [
        { type: 'cancel.requested', task: null, by },
      ]);
      return resumed.ok ? null : resumed.failure.message;
    }
    return slot.ask({ kind: 'cancel', task });
  }

  /**
   * Gives a task that is over back to its session, with a person's message: ours at once, another's by asking its
   * holder. The failure is a sentence.
   */
  async nudge(key: GroupKey, task: TaskKey, message: string): Promise<string | null> {
    const { options, slots } = this.#parts;
    const slot = slots.get(key);
    const current = slot?.current();
    const record = current?.state.tasks.get(task);
    if (slot === undefined || current === null || current === undefined || record === undefined) {
      return t('This task is in no run.');
    }
    const refusal = nudgeRefusal(current.state, record);
    if (refusal !== null) {
      return refusal;
    }
    if (slot.active !== null) {
      slot.active.nudge(task, message, options.label);
      return null;
    }
    return slot.ask({ kind: 'nudge', task, message });
  }

  /** Takes a person's word on a task that they are asked about. `by`: who. The failure is a sentence. */
  async judge(key: GroupKey, task: TaskKey, word: Judgement): Promise<string | null> {
    const slot = this.#parts.slots.get(key);
    const record = slot?.current()?.state.tasks.get(task);
    if (slot === undefined || record === undefined || !isAsked(record)) {
      return t('Nobody is asked whether this task is proven.');
    }
    if (slot.active !== null) {
      await slot.active.judge(task, word);
      return null;
    }
    return slot.ask({ kind: 'judge', task, proven: word.proven });
  }

  async #takeUp(
    slot: GroupRunHandle,
    takeFrom: number | null,
    opening: readonly RunEventBody[],
  ): Promise<Result<ActiveRun, RunRefusal>> {
    const { env } = this.#parts;
    const lock = await lockGroup(env, slot.directory, takeFrom);
    if (!lock.ok) {
      return lock;
    }
    const run = await resumeRun(env, slot.directory, lock.value, opening);
    if (run.ok) {
      slot.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }
}
