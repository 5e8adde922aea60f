import type { GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import type { WorkflowDefinition } from '../schema/config.ts';
import type {
  StageCounts,
  StageTask,
  TaskResult,
  WorkflowCode,
  WorkflowEventBody,
} from './events.ts';

type Told<Type extends WorkflowEventBody['type']> = Extract<WorkflowEventBody, { type: Type }>;

/** A stored result and its origin. */
export interface KnownResult extends TaskResult {
  readonly stage: number;
  readonly loop: number;
}

/** Result of a stage's gate. */
export type Gate = Pick<Told<'gate.checked'>, 'rate' | 'required' | 'open'>;

/** One passage through a stage; a stage that the workflow returned to has several. */
export interface StagePassage {
  /** Index into the definition's stages. */
  readonly stage: number;
  readonly loop: number;
  readonly tasks: readonly TaskKey[];
  readonly again: readonly TaskKey[];
  status: 'running' | 'completed' | 'skipped' | 'failed' | 'cancelled';
  readonly startedAt: number;
  endedAt: number | null;
  counts: StageCounts;
  gate: Gate | null;
  readonly runs: Set<RunId>;
  /** Suite result of the newest run of each group. */
  readonly suites: Map<GroupKey, Told<'run.recorded'>['suite']>;
  readonly findings: string[];
}

/** An entry of the error log. */
export interface LoggedError {
  readonly at: number;
  readonly stage: number;
  readonly loop: number;
  /** `null`: concerns the whole workflow. */
  readonly task: TaskKey | null;
  readonly code: WorkflowCode;
  readonly message: string;
}

/** A loop back to an earlier stage. */
export type FeedbackLoop = Omit<Told<'feedback.requested'>, 'type'>;

/**
 * Where a workflow stands.
 *
 *     next ──► running ──► ended ──► next | back
 *      ▲                               │
 *      └───────────────────────────────┴──► stuck
 */
export type Position =
  /** The stage of this index is to be entered or skipped; beyond the last: finished. */
  | { readonly kind: 'next'; readonly stage: number }
  | { readonly kind: 'running'; readonly stage: number }
  /** Its gate has to be evaluated. */
  | { readonly kind: 'ended'; readonly stage: number }
  | { readonly kind: 'back'; readonly stage: number; readonly why: FeedbackLoop['why'] }
  /** It cannot proceed. */
  | { readonly kind: 'stuck' };

/** One execution of a workflow, owned and changed by `evolve` only. */
export interface WorkflowState {
  readonly workflow: string;
  readonly id: RunId;
  readonly definition: WorkflowDefinition;
  /** Tasks of every stage. */
  readonly tasks: readonly (readonly StageTask[])[];
  readonly startedAt: number;
  seq: number;
  /** Time of the last event, ms. */
  now: number;
  position: Position;
  /** Number of started loops. */
  loop: number;
  /** Tasks to repeat in the stage it returned to; `null`: all. */
  wanted: readonly TaskKey[] | null;
  readonly history: StagePassage[];
  readonly results: Map<TaskKey, KnownResult>;
  readonly errors: LoggedError[];
  readonly loops: FeedbackLoop[];
  cancelled: boolean;
  ended: (Omit<Told<'workflow.ended'>, 'type'> & { readonly at: number }) | null;
}
