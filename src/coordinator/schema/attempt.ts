import * as z from 'zod/mini';
import { ADAPTERS } from '../../shared/agent-ids.ts';
import { DISPATCH_CODES } from '../../shared/failure.ts';
import type { AgentId, GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import { JOBS, STDIN_MODES } from './attempt-values.ts';
import { FORMAT } from './format.ts';

/*
 * The attempt protocol: the coordinator and the runner exchange these shapes through the attempt's directory
 * (`attempt.json`, `prompt.md`, `claim`, `cancel`, `messages/`, `events.jsonl`, `output.log`).
 */

const nonEmpty = z.string().check(z.minLength(1));
const count = z.number().check(z.nonnegative());

export const runIdSchema = z.custom<RunId>((v) => typeof v === 'string' && /^[\w-]{1,80}$/.test(v));
export const taskKeySchema = z.custom<TaskKey>((v) => typeof v === 'string' && v.length > 0);
export const groupKeySchema = z.custom<GroupKey>((v) => typeof v === 'string' && v.length > 0);
export const agentIdSchema = z.custom<AgentId>((v) => typeof v === 'string' && v.length > 0);

/** A program and its arguments, or one line for the platform's shell (only for a task's own `run:`). */
export const commandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('argv'), argv: z.array(z.string()).check(z.minLength(1)) }),
  z.object({ kind: z.literal('shell'), line: nonEmpty }),
]);
export type Command = z.infer<typeof commandSchema>;

/** Parser of an agent's output; `none`: plain output, judged by its exit code alone. */
export const adapterSchema = z.enum(ADAPTERS);

/** `terminal`: the agent's own user interface in a terminal, with the user's decision on the result. */
export const stdinSchema = z.enum(STDIN_MODES);
export type StdinMode = z.infer<typeof stdinSchema>;

/** The launched job: a task, a task's own test, or one of the run's own suites. */
export const jobSchema = z.enum(JOBS);
export type Job = z.infer<typeof jobSchema>;

export const usageSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  costUsd: z.nullable(count),
});

/** `attempt.json`: everything a runner needs, frozen before the launch; its SHA-256 travels with the launch. */
export const attemptSpecSchema = z.object({
  v: z.literal(FORMAT),
  run: runIdSchema,
  group: groupKeySchema,
  job: jobSchema,
  /** `null` for the run's own suites. */
  task: z.nullable(taskKeySchema),
  /** Short id and title for the terminal's heading. */
  taskId: z.string(),
  title: z.string(),
  subagent: z.string(),
  agent: z.string(),
  /** 1 for the first attempt of this job. */
  attempt: z.int().check(z.positive()),
  maxAttempts: z.int().check(z.positive()),
  /** Label if the attempt resumes a session: `repair 1 of 1`. */
  again: z.optional(z.string()),
  epoch: z.int().check(z.positive()),
  /** Absolute lock directory; the runner refuses to start if it contains a higher epoch. */
  lockDirectory: nonEmpty,
  command: commandSchema,
  /** Absolute. */
  cwd: nonEmpty,
  /** Added to the runner's own environment; values are never secrets. */
  env: z.record(z.string(), z.string()),
  adapter: adapterSchema,
  stdin: stdinSchema,
  limits: z.object({
    timeoutMs: z.int().check(z.positive()),
    /** Between the polite signal and the next, when ending the process tree. */
    graceMs: z.int().check(z.positive()),
    /** `output.log` keeps the first and the last half of this. */
    maxLogBytes: z.int().check(z.positive()),
  }),
  /** Usage of the resumed session before this attempt; some agents include it in their reports. */
  baseline: z.optional(usageSchema),
});
export type AttemptSpec = z.infer<typeof attemptSpecSchema>;

/** Identifies a process while the machine runs: pids are reused, start times are not. */
export const processIdentitySchema = z.object({
  pid: z.int().check(z.positive()),
  /** Opaque; compared for equality only. `null` if the platform does not provide it. */
  start: z.nullable(z.string()),
  host: z.string(),
  boot: z.nullable(z.string()),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** `claim`: linked into place exactly once. A runner's claim starts the attempt, a coordinator's `revoked` prevents it. */
export const claimSchema = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(FORMAT),
    kind: z.literal('claimed'),
    process: processIdentitySchema,
    epoch: z.int(),
    at: z.number(),
  }),
  z.object({
    v: z.literal(FORMAT),
    kind: z.literal('revoked'),
    epoch: z.int(),
    at: z.number(),
  }),
]);
export type Claim = z.infer<typeof claimSchema>;

const message = { message: z.string(), remedy: z.optional(z.string()) };
/** Mirrors `Failure` in shared/failure.ts. */
export const failureSchema = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('exit'), exitCode: z.int(), ...message }),
  z.object({ reason: z.literal('signal'), signal: z.string(), ...message }),
  z.object({ reason: z.literal('timeout'), limitMs: count, ...message }),
  z.object({ reason: z.literal('protocol'), ...message }),
  z.object({ reason: z.literal('dropped'), ...message }),
  z.object({ reason: z.literal('throttled'), retryAfterMs: z.optional(count), ...message }),
  z.object({ reason: z.literal('authentication'), ...message }),
  z.object({
    reason: z.literal('denied'),
    denials: z.readonly(z.array(z.string())),
    ...message,
  }),
  z.object({ reason: z.literal('invalid'), ...message }),
  z.object({ reason: z.literal('not_started'), ...message }),
  z.object({ reason: z.literal('cancelled'), ...message }),
  z.object({ reason: z.literal('interrupted'), ...message }),
  z.object({ reason: z.literal('no_evidence'), ...message }),
  z.object({ reason: z.literal('rejected'), code: z.enum(DISPATCH_CODES), ...message }),
]);

/** The outcome of an attempt. `failure` null: the agent succeeded by its own account and its exit code. */
export const outcomeSchema = z.object({
  failure: z.nullable(failureSchema),
  exitCode: z.nullable(z.int()),
  signal: z.nullable(z.string()),
  durationMs: count,
  summary: z.nullable(z.string()),
  sessionId: z.nullable(z.string()),
  usage: z.nullable(usageSchema),
  /** Paths that the agent reported as changed (relative to its working directory if inside it). */
  edits: z.array(z.string()),
  /** Actions that the agent was denied. */
  denials: z.array(z.string()),
  /** Whether the agent sent its final event (`null`: it has none, such as a `run:` command). */
  lastWord: z.nullable(z.boolean()),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** One line of `events.jsonl`, written by the runner only. `at`: ms since the epoch. */
export const runnerEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), at: z.number(), pid: z.int(), argv: z.array(z.string()) }),
  z.object({
    type: z.literal('step'),
    at: z.number(),
    /** `hears`: a message of the user. */
    kind: z.enum(['read', 'edit', 'run', 'says', 'thinks', 'tool', 'warns', 'hears']),
    text: z.string(),
    /** The file that it is about to change, relative to its working directory if inside it. */
    file: z.optional(z.string()),
  }),
  z.object({ type: z.literal('usage'), at: z.number(), usage: usageSchema }),
  z.object({ type: z.literal('session'), at: z.number(), id: z.string() }),
  /** The agent itself waits for its provider; `untilMs`: until when, if known. */
  z.object({
    type: z.literal('throttled'),
    at: z.number(),
    untilMs: z.nullable(z.number()),
    text: z.string(),
  }),
  z.object({ type: z.literal('needs_you'), at: z.number(), text: z.string() }),
  z.object({ type: z.literal('ended'), at: z.number(), outcome: outcomeSchema }),
]);
export type RunnerEvent = z.infer<typeof runnerEventSchema>;
export type EndedEvent = Extract<RunnerEvent, { type: 'ended' }>;
