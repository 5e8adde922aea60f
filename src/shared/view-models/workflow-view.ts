/** The part of a workflow that a run is. */
export interface StagePart {
  readonly workflow: string;
  /** The execution of the workflow. */
  readonly id: string;
  readonly stage: string;
  /** 0: the first time; n: the nth time that it was sent back. */
  readonly loop: number;
}

/** A stage of a workflow as every view shows it: its newest passage. */
export interface StageView {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'completed' | 'skipped' | 'failed' | 'cancelled';
  readonly loop: number;
  /** `2 of 3 tasks`, `no tasks`, `2 of 3 tasks, 1 failed`. */
  readonly detail: string;
  /** `80 % wanted, 50 % reached`; `null`: it has no gate. */
  readonly gate: string | null;
  readonly gateOpen: boolean | null;
}

/** An execution of a workflow as every view shows it. */
export interface WorkflowView {
  readonly name: string;
  readonly id: string;
  /** `interrupted`: not over, and nobody carries it out. */
  readonly state: 'running' | 'interrupted' | 'completed' | 'failed' | 'cancelled';
  /** `development · 1 of 3 feedback loops`; when it is over, its end in one sentence. */
  readonly detail: string;
  readonly stages: readonly StageView[];
  readonly loops: number;
  readonly maxLoops: number;
  /** The error log, a sentence each. */
  readonly errors: readonly string[];
}
