import type { AttemptSpec, Outcome, RunnerEvent } from '../../coordinator/schema/attempt.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** An event from an agent's output. The runner adds the time. */
export type AgentEvent = WithoutTime<Exclude<RunnerEvent, { type: 'started' } | { type: 'ended' }>>;

/** Facts about an attempt that are not in the agent's output. */
export interface AdapterOptions {
  /** The session's usage before this attempt. Some agents report the sum of all attempts of a session. */
  readonly baseline?: AttemptSpec['baseline'];
}

/** How the agent's process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The first reason for which the runner ended the process; `null` if it ended by itself. */
  readonly stopped:
    | { readonly reason: 'timeout'; readonly limitMs: number }
    | { readonly reason: 'cancelled' }
    | null;
  /** The reason why the process did not start. */
  readonly spawnError: string | null;
  /** The last line for people: of stderr if stdout is an event stream; may be empty. */
  readonly lastLine: string;
  /** The content of the usage report's file; missing if there is none. */
  readonly usageReport?: string | undefined;
  /** ms since the epoch. */
  readonly at: number;
}

/** The adapter's judgement. The runner adds the process's exit and duration. */
export type Verdict = Omit<Outcome, 'exitCode' | 'signal' | 'durationMs'>;

/**
 * Reads one attempt's output. An adapter has state but uses no clock, files or processes. It never throws, and it ignores
 * everything that it does not know.
 */
export interface StreamAdapter {
  /** The number of unknown events so far. The first one causes a warning. */
  readonly unknown: number;
  /** Reads one line of standard output, without its line end; `at` is ms since the epoch. */
  accept(line: string, at: number): readonly AgentEvent[];
  /** Returns the judgement. Call it once, after the last line. */
  finish(end: ProcessEnd): Verdict;
}
