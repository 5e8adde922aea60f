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
import { approvalOf, askApproval } from '../prepare/approve-run.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { lockGroup } from '../run/lock-group.ts';
import { resumeRun } from '../run/resume-run.ts';
import type { RunStarterDeps } from './run-starter.ts';

/** Resumes and stops unfinished runs, of this and of other coordinators. */
export class RunControl {
  readonly #deps: RunStarterDeps;

  constructor(deps: RunStarterDeps) {
    this.#deps = deps;
  }

  /** Resumes a run without a coordinator. `fromEpoch`: the epoch that the user agreed to replace; `null`: none. */
  async resume(
    key: GroupKey,
    fromEpoch: number | null = null,
  ): Promise<Result<ActiveRun, RunRefusal>> {
    const { options, context, runs } = this.#deps;
    const handle = runs.get(key);
    const current = handle?.current();
    if (handle === undefined || current?.state.ended !== null) {
      return refuse('nothing', t('There is no unfinished run to resume.'));
    }
    if (!options.isTrusted()) {
      return refuse('nothing', t('This folder is in Restricted Mode: nothing runs.'));
    }
    const { plan } = current.state;
    const approval = await approvalOf(options, plan, false);
    const approved = await askApproval(options, context.bus, plan, approval);
    return approved.ok ? this.#resume(handle, fromEpoch, []) : approved;
  }

  /**
   * Stops a group's run, or one task of it: directly in a run of this process, else by a request to its coordinator.
   * Returns a sentence if it fails.
   */
  async stop(key: GroupKey, task: TaskKey | null = null): Promise<string | null> {
    const { options, runs } = this.#deps;
    const handle = runs.get(key);
    if (handle === undefined) {
      return t('Nothing of this group is running.');
    }
    if (handle.active !== null) {
      handle.active.cancel(task, options.label);
      return null;
    }
    await handle.refresh();
    if (handle.current()?.holder.holder === 'nobody') {
      if (task !== null) {
        return t('Nobody coordinates this run: resume it, or stop all of it.');
      }
      // The run launches nothing any more, so there is nothing to approve.
      const by = options.label;
      const resumed = await this.#resume(handle, null, [
        { type: 'cancel.requested', task: null, by },
      ]);
      return resumed.ok ? null : resumed.failure.message;
    }
    return handle.ask({ kind: 'cancel', task });
  }

  /**
   * Resumes the session of a finished task with a message from the user: directly in a run of this process, else by a
   * request to its coordinator. Returns a sentence if it fails.
   */
  async nudge(key: GroupKey, task: TaskKey, message: string): Promise<string | null> {
    const { options, runs } = this.#deps;
    const handle = runs.get(key);
    const current = handle?.current();
    const record = current?.state.tasks.get(task);
    if (handle === undefined || current === null || current === undefined || record === undefined) {
      return t('This task is in no run.');
    }
    const refusal = nudgeRefusal(current.state, record);
    if (refusal !== null) {
      return refusal;
    }
    if (handle.active !== null) {
      handle.active.nudge(task, message, options.label);
      return null;
    }
    return handle.ask({ kind: 'nudge', task, message });
  }

  /** Accepts or rejects an interactive task that waits for a judgement. Returns a sentence if it fails. */
  async judge(key: GroupKey, task: TaskKey, judgement: Judgement): Promise<string | null> {
    const handle = this.#deps.runs.get(key);
    const record = handle?.current()?.state.tasks.get(task);
    if (handle === undefined || record === undefined || !isAsked(record)) {
      return t('This task is not waiting for a review.');
    }
    if (handle.active !== null) {
      await handle.active.judge(task, judgement);
      return null;
    }
    return handle.ask({ kind: 'judge', task, proven: judgement.proven });
  }

  async #resume(
    handle: GroupRunHandle,
    fromEpoch: number | null,
    opening: readonly RunEventBody[],
  ): Promise<Result<ActiveRun, RunRefusal>> {
    const { context } = this.#deps;
    const lock = await lockGroup(context, handle.directory, fromEpoch);
    if (!lock.ok) {
      return lock;
    }
    const run = await resumeRun(context, handle.directory, lock.value, opening);
    if (run.ok) {
      handle.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }
}
