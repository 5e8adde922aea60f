/** Names and values as they are sent. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A span, whole: it is known only once it is over. Times are ms since the epoch. */
export interface SpanRecord {
  readonly name: string;
  /** What makes its id: the same for the same thing, whichever process tells of it. `null` parent: the trace's root. */
  readonly id: string;
  readonly parent: string | null;
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
  /** Why it failed, as a class of failures; `null`: it did not. */
  readonly error: string | null;
}

/** What is measured of an attempt that ended. */
export interface AttemptRecord {
  readonly span: SpanRecord;
  readonly durationMs: number;
  /** Shared by all that is measured; of few different values. */
  readonly attributes: Attributes;
  /** Whether a model was asked, so that GenAI's own metrics are about it. */
  readonly genAi: boolean;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  /** Whether the cost is by a table of prices. */
  readonly costEstimated: boolean;
}
