import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { type GuardedRun } from '../contract/guards.ts';
import { allocateFairly } from './allocate-fairly.ts';

interface Member {
  readonly run: GuardedRun;
  /** The limit in its workspace's configuration; `null` if it has none. */
  readonly limit: number | null;
  /** The quota that was last posted to it; `undefined` before the first. The run may not have processed it yet. */
  posted: number | null | undefined;
}

/**
 * Divides the places of one window, or one command line, among all of its runs. A run keeps to the last quota that it
 * has processed, so until it has processed a lower one, its places stay reserved: the live attempts of all runs never
 * exceed the limit. If workspaces have different limits, the lowest applies.
 */
export class ConcurrencyAllocator {
  readonly #members = new Set<Member>();

  /** Includes a run until the result is disposed. Call it before the run makes its first decision. */
  join(run: GuardedRun, limit: number | null): Disposable {
    const member: Member = { run, limit, posted: undefined };
    this.#members.add(member);
    this.update();
    return {
      dispose: () => {
        this.#members.delete(member);
        this.update();
      },
    };
  }

  /** Handles a change of a run. */
  update(): void {
    const members = [...this.#members];
    const limits = members.flatMap(({ limit }) => limit ?? []);
    if (limits.length === 0) {
      for (const member of members) {
        postQuota(member, null);
      }
      return;
    }
    share(Math.min(...limits), members);
  }
}

function share(limit: number, members: readonly Member[]): void {
  const shares = allocateFairly(limit, members.map(demandOf));
  const wanted = members.map((member, place) => ({ member, share: shares[place] ?? 0 }));
  for (const { member } of wanted) {
    if (typeof member.posted !== 'number') {
      postQuota(member, 0);
    }
  }
  const missing = wanted.reduce(
    (sum, each) => sum + Math.max(0, each.share - postedQuota(each.member)),
    0,
  );
  if (missing > freePlaces(limit, members)) {
    // A run must give up places: only as many as other runs need.
    for (const each of wanted) {
      postQuota(each.member, Math.min(postedQuota(each.member), each.share));
    }
  }
  for (const each of wanted) {
    const more = Math.min(each.share - postedQuota(each.member), freePlaces(limit, members));
    if (more > 0) {
      postQuota(each.member, postedQuota(each.member) + more);
    }
  }
}

function demandOf({ run: { state } }: Member): { live: number; wants: number } {
  const most = state.plan.maxConcurrent;
  return {
    live: state.live,
    wants: Math.min(Math.max(most, state.live), state.live + readyTasks(state)),
  };
}

function freePlaces(limit: number, members: readonly Member[]): number {
  return limit - members.reduce((sum, member) => sum + reserved(member), 0);
}

/** The places that a run may use until it has processed everything that was posted to it. */
function reserved(member: Member): number {
  const { live, policy, plan } = member.run.state;
  return Math.max(live, postedQuota(member), policy.quota ?? plan.maxConcurrent);
}

function postedQuota({ posted: quota }: Member): number {
  return quota ?? 0;
}

function postQuota(member: Member, quota: number | null): void {
  const known = member.posted === undefined ? member.run.state.policy.quota : member.posted;
  const isNews = known !== quota;
  member.posted = quota;
  if (isNews) {
    member.run.post({ type: 'quota.changed', quota });
  }
}

/** Tasks that the run would start at once without limits from outside. */
export function readyTasks({ ended, cancelled, phase, ready }: RunState): number {
  if (ended !== null || cancelled || phase === 'post_execution') {
    return 0;
  }
  let count = 0;
  for (const queue of ready.values()) {
    count += queue.size;
  }
  return count;
}
