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

/** A result as it is remembered, with where it came about. */
export interface KnownResult extends TaskResult {
  readonly stage: number;
  readonly loop: number;
}

/** The gate of a stage, as it was found. */
export type Gate = Pick<Told<'gate.checked'>, 'rate' | 'required' | 'open'>;

/** One passage through a stage. A stage that the workflow came back to has several. */
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
  /** What the suite said after the newest run of each group. */
  readonly suites: Map<GroupKey, Told<'run.recorded'>['suite']>;
  readonly findings: string[];
}

/** An entry of the error log. */
export interface LoggedError {
  readonly at: number;
  readonly stage: number;
  readonly loop: number;
  /** `null`: about the whole workflow. */
  readonly task: TaskKey | null;
  readonly code: WorkflowCode;
  readonly message: string;
}

/** A way back that was taken. */
export type FeedbackLoop = Omit<Told<'feedback.requested'>, 'type'>;

/**
 * Where a workflow stands.
 *
 *     next ──► running ──► ended ──► next | back
 *      ▲                               │
 *      └───────────────────────────────┴──► stuck
 */
export type Position =
  /** The stage of this index is to be entered, or skipped; beyond the last: nothing is left. */
  | { readonly kind: 'next'; readonly stage: number }
  | { readonly kind: 'running'; readonly stage: number }
  /** Its gate has to be checked. */
  | { readonly kind: 'ended'; readonly stage: number }
  | { readonly kind: 'back'; readonly stage: number; readonly why: FeedbackLoop['why'] }
  /** It cannot go on. */
  | { readonly kind: 'stuck' };

/** One execution of a workflow: owned and changed by `evolve` alone. */
export interface WorkflowState {
  readonly workflow: string;
  readonly id: RunId;
  readonly definition: WorkflowDefinition;
  /** Of every stage. */
  readonly tasks: readonly (readonly StageTask[])[];
  readonly startedAt: number;
  seq: number;
  /** Time of the last event, ms. */
  now: number;
  position: Position;
  /** Loops that have begun. */
  loop: number;
  /** What the stage that it came back to executes; `null`: all of its tasks. */
  wanted: readonly TaskKey[] | null;
  readonly history: StagePassage[];
  readonly results: Map<TaskKey, KnownResult>;
  readonly errors: LoggedError[];
  readonly loops: FeedbackLoop[];
  cancelled: boolean;
  ended: (Omit<Told<'workflow.ended'>, 'type'> & { readonly at: number }) | null;
}
