import { isSame } from '../../../shared/same.ts';
import type { TaskView } from '../../../shared/view-models/group-views.ts';
import type { TaskRecord } from '../../run/state/state.ts';
import { taskDueAt } from '../../run/transition/limits.ts';
import { summaryOf } from '../envelope.ts';
import type { GroupContext } from './project-group.ts';

/** The view of a task and the facts of its record that it was made from. */
export class TaskMemo {
  #view: TaskView | null;
  #from: Facts | null = null;

  /** `view`: of an earlier plan or run; only its identity is of use. */
  constructor(view: TaskView | null) {
    this.#view = view;
  }

  get view(): TaskView | null {
    return this.#view;
  }

  /**
   * The revision of a record at which its view was kept; -1 if the view can differ at the same revision. For a ready task,
   * only the reason why it waits can.
   */
  settledAt(record: TaskRecord, { run }: GroupContext): number {
    const isSettled =
      !isVolatile(record) &&
      record.state.kind !== 'waiting' &&
      (run === null || taskDueAt(run.state, record) === null);
    return isSettled ? record.revision : -1;
  }

  /** Whether the record still has the facts that the view was made from. */
  isCurrent(record: TaskRecord, context: GroupContext): boolean {
    return this.#from !== null && !isVolatile(record) && isSameFacts(this.#from, record, context);
  }

  /** The view with another reason for waiting; `null` leaves the reason as it is. */
  withReason(why: string | null): TaskView {
    const view = this.#view;
    if (view === null) {
      throw new Error('A task without a view has no reason either.');
    }
    if (why !== null && view.why !== why) {
      this.#view = { ...view, why };
      return this.#view;
    }
    return view;
  }

  /** Keeps a view that was just made; one that looks the same keeps its identity. */
  keep(view: TaskView, record: TaskRecord | undefined, context: GroupContext): void {
    this.#view = this.#view !== null && isSame(this.#view, view) ? this.#view : view;
    this.#from = record === undefined || isVolatile(record) ? null : factsOf(record, context);
  }
}

/** Records that change in place, or whose view tells a time or what another task does: few at any moment. */
function isVolatile({ state, lockRequests }: TaskRecord): boolean {
  switch (state.kind) {
    case 'running':
    case 'verifying':
    case 'held':
      return true;
    case 'ready':
      return lockRequests.length > 0;
    case 'excluded':
    case 'waiting':
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return false;
  }
}

/** Fields of a record that `projectTask` reads and that evolve replaces as a whole. */
type Fields = Pick<
  TaskRecord,
  | 'state'
  | 'attempt'
  | 'revokedCount'
  | 'retries'
  | 'choice'
  | 'repairs'
  | 'resume'
  | 'session'
  | 'startedAt'
  | 'endedAt'
  | 'usage'
  | 'liveUsage'
  | 'evidence'
  | 'outcome'
  | 'cancelRequested'
  | 'approval'
>;

/** Everything that `projectTask` reads of a record that is not volatile, except why a ready task waits. */
interface Facts extends Fields {
  readonly close: unknown;
  readonly open: string;
  readonly summary: string | null;
  readonly isDue: boolean;
}

function factsOf(record: TaskRecord, context: GroupContext): Facts {
  return {
    state: record.state,
    attempt: record.attempt,
    revokedCount: record.revokedCount,
    retries: record.retries,
    choice: record.choice,
    repairs: record.repairs,
    resume: record.resume,
    session: record.session,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    usage: record.usage,
    liveUsage: record.liveUsage,
    evidence: record.evidence,
    outcome: record.outcome,
    cancelRequested: record.cancelRequested,
    approval: record.approval,
    close: closeOf(record),
    open: openDependencies(record),
    summary: summaryIn(record, context),
    isDue: isDue(record, context),
  };
}

/** Written out, without lists: it runs for every task of a group with every event that is shown. */
function isSameFacts(facts: Facts, record: TaskRecord, context: GroupContext): boolean {
  return (
    facts.state === record.state &&
    facts.attempt === record.attempt &&
    facts.revokedCount === record.revokedCount &&
    facts.retries === record.retries &&
    facts.choice === record.choice &&
    facts.repairs === record.repairs &&
    facts.resume === record.resume &&
    facts.session === record.session &&
    facts.startedAt === record.startedAt &&
    facts.endedAt === record.endedAt &&
    facts.usage === record.usage &&
    facts.liveUsage === record.liveUsage &&
    facts.evidence === record.evidence &&
    facts.outcome === record.outcome &&
    facts.cancelRequested === record.cancelRequested &&
    facts.approval === record.approval &&
    facts.close === closeOf(record) &&
    facts.open === openDependencies(record) &&
    facts.summary === summaryIn(record, context) &&
    facts.isDue === isDue(record, context)
  );
}

function closeOf({ state }: TaskRecord): unknown {
  return state.kind === 'completed' ? state.close : null;
}

function summaryIn(record: TaskRecord, { run }: GroupContext): string | null {
  return run === null || record.attempt === 0 ? null : summaryOf(run.state, record);
}

function isDue(record: TaskRecord, { run }: GroupContext): boolean {
  const due = run === null ? null : taskDueAt(run.state, record);
  return run !== null && due !== null && due <= run.state.now;
}

/** The places of the dependencies that a waiting task waits for. */
function openDependencies({ state, dependencies }: TaskRecord): string {
  if (state.kind !== 'waiting') {
    return '';
  }
  return dependencies
    .filter((dependency) => dependency.state.kind !== 'completed')
    .map(({ index }) => index)
    .join();
}
