import type { AttemptSpec, Outcome, RunnerEvent } from '../../coordinator/schema/attempt.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** What an agent's own output tells while it works; the runner adds the time. */
export type AgentEvent = WithoutTime<Exclude<RunnerEvent, { type: 'started' } | { type: 'ended' }>>;

/** What an adapter is told of its attempt beside what it prints. */
export interface AdapterOptions {
  /** Usage of the session before this attempt: where an agent counts a session's figures on, only the rest is this attempt's. */
  readonly baseline?: AttemptSpec['baseline'];
}

/** How the agent's process came to its end. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The first reason for which we ended it ourselves; `null` if it ended by itself. */
  readonly stopped:
    | { readonly reason: 'timeout'; readonly limitMs: number }
    | { readonly reason: 'cancelled' }
    | null;
  /** Why it could not be started at all. */
  readonly spawnError: string | null;
  /** The last line that was printed for people (on stderr, where the output is an event stream); may be empty. */
  readonly lastLine: string;
  /** What it left in the file that it was told to write its usage into; missing if there is none. */
  readonly usageReport?: string | undefined;
  /** ms since the epoch. */
  readonly at: number;
}

/** The adapter's judgement; the runner adds the process's exit and duration. */
export type Verdict = Omit<Outcome, 'exitCode' | 'signal' | 'durationMs'>;

/**
 * Understands one attempt's output. Has a state of its own and does nothing else: no clock, no files, no processes.
 * Whatever a line contains, it throws nothing: what it does not know, it leaves out.
 */
export interface StreamAdapter {
  /** How many events so far are not known; a person is told of the first of them. */
  readonly unknown: number;
  /** Takes one line of standard output, without its end; `at` is ms since the epoch. */
  accept(line: string, at: number): readonly AgentEvent[];
  /** The judgement; called once, after the last line. */
  finish(end: ProcessEnd): Verdict;
}
