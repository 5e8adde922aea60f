/** Names and values as sent. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A complete span, created at its end. Times are ms since the epoch. */
export interface SpanRecord {
  readonly name: string;
  /**
   * The source of the span's id: every process uses the same one for the same thing. `null` parent: the trace's root.
   */
  readonly id: string;
  readonly parent: string | null;
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
  /** The class of its failure; `null` if it succeeded. */
  readonly error: string | null;
}

/** The measurements of an attempt that has ended. */
export interface AttemptRecord {
  readonly span: SpanRecord;
  readonly durationMs: number;
  /** Attributes of all its metrics; each has few different values. */
  readonly attributes: Attributes;
  /** Whether the attempt called a model, so that GenAI's own metrics apply. */
  readonly genAi: boolean;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  /** Whether the cost is estimated from a price table. */
  readonly costEstimated: boolean;
}
