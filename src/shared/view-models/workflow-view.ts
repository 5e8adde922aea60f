/** A run's part in a workflow. */
export interface StagePart {
  readonly workflow: string;
  /** The execution of the workflow. */
  readonly id: string;
  readonly stage: string;
  /** 0: first passage; n: the nth time that it was sent back. */
  readonly loop: number;
}

/** A stage of a workflow as all views show it: its newest passage. */
export interface StageView {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'completed' | 'skipped' | 'failed' | 'cancelled';
  readonly loop: number;
  /** `2 of 3 tasks`, `no tasks`, `2 of 3 tasks, 1 failed`. */
  readonly detail: string;
  /** `80 % wanted, 50 % reached`; `null`: no gate. */
  readonly gate: string | null;
  readonly gateOpen: boolean | null;
}

/** A workflow execution as all views show it. */
export interface WorkflowView {
  readonly name: string;
  readonly id: string;
  /** `interrupted`: not over, and no process is executing it. */
  readonly state: 'running' | 'interrupted' | 'completed' | 'failed' | 'cancelled';
  /** `development · 1 of 3 feedback loops`; when it is over, its end in one sentence. */
  readonly detail: string;
  readonly stages: readonly StageView[];
  readonly loops: number;
  readonly maxLoops: number;
  /** Errors, one sentence each. */
  readonly errors: readonly string[];
}
