import * as z from 'zod/mini';
import { PHASES, TASK_STATUSES } from '../../shared/status.ts';
import {
  agentIdSchema,
  groupKeySchema,
  outcomeSchema,
  processIdentitySchema,
  runIdSchema,
  taskKeySchema,
  usageSchema,
} from './attempt.ts';
import { FORMAT } from './format.ts';
import { runSpecSchema } from './run-spec.ts';

/*
 * The journal's events: the complete history of a run. `requested` events are decisions, written and flushed before the
 * effect; the others are facts that came back. Replaying them always gives the same state.
 */

const attemptRef = { task: taskKeySchema, attempt: z.int().check(z.positive()) };
const offset = { offset: z.int().check(z.nonnegative()) };
export const evidenceSchema = z.object({
  kind: z.enum(['exit', 'result', 'permissions', 'diff', 'unnamed', 'report', 'tests', 'person']),
  ok: z.boolean(),
  detail: z.string(),
  note: z.optional(z.enum(['warning', 'neutral'])),
});
export const testsSchema = z.object({
  status: z.enum(['passed', 'failed', 'none', 'skipped']),
  command: z.nullable(z.string()),
  total: z.nullable(z.number()),
  passed: z.nullable(z.number()),
  failed: z.nullable(z.number()),
  durationMs: z.number(),
  failures: z.array(z.object({ name: z.string(), message: z.string() })),
  message: z.string(),
});
/** Content of an agent's result file: added to the blackboard, never trusted for success. */
export const agentResultSchema = z.object({
  summary: z._default(z.string(), ''),
  artifacts: z._default(z.record(z.string(), z.unknown()), {}),
  decisions: z._default(z.array(z.string()), []),
  requirements: z._default(z.array(z.string()), []),
  constraints: z._default(z.array(z.string()), []),
  /** Problems of earlier work, which send a workflow back to development. */
  findings: z._default(z.array(z.string()), []),
});
export type AgentResult = z.infer<typeof agentResultSchema>;
/** A session that an attempt resumes, and the message it gets there. */
export const resumeSchema = z.object({
  session: z.string(),
  /** `repair`: its evidence is insufficient. `nudge`: the user sent a message. */
  why: z.enum(['repair', 'nudge']),
  message: z.string(),
});
export type Resume = z.infer<typeof resumeSchema>;
const suiteJob = z.enum(['refresh', 'baseline', 'tests']);
/** One of the run's own commands. */
export type SuiteJob = z.infer<typeof suiteJob>;

export const runEventBodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run.started'), plan: runSpecSchema }),
  /** A coordinator took over the run; `previous` is the accepted end of the previous segment. */
  z.object({
    type: z.literal('run.resumed'),
    epoch: z.int(),
    coordinator: processIdentitySchema,
  }),
  z.object({ type: z.literal('phase.entered'), phase: z.enum(PHASES) }),
  z.object({ type: z.literal('check.requested'), job: suiteJob, attempt: z.int() }),
  z.object({ type: z.literal('check.claimed'), job: suiteJob, attempt: z.int(), pid: z.int() }),
  /** `offset`: consumed bytes of the runner's events. `output`: the end of its output. */
  z.object({
    type: z.literal('check.ended'),
    job: suiteJob,
    attempt: z.int(),
    ...offset,
    outcome: outcomeSchema,
    tests: z.nullable(testsSchema),
  }),
  z.object({ type: z.literal('check.cancel.requested'), job: suiteJob, attempt: z.int() }),
  /** The attempt never started and never will: the coordinator took its claim. It does not count. */
  z.object({ type: z.literal('check.revoked'), job: suiteJob, attempt: z.int() }),
  /** `choice`: index into the task's agents. `resume`: the session that it resumes, and its message. */
  z.object({
    type: z.literal('attempt.requested'),
    ...attemptRef,
    choice: z.int(),
    resume: z.optional(resumeSchema),
  }),
  z.object({ type: z.literal('attempt.claimed'), ...attemptRef, pid: z.int() }),
  z.object({
    type: z.literal('attempt.progress'),
    ...attemptRef,
    ...offset,
    step: z.nullable(z.string()),
    needsYou: z.nullable(z.string()),
    throttledUntil: z.nullable(z.number()),
    usage: z.nullable(usageSchema),
  }),
  /** `jitter` in [0, 1): recorded with the event, so that a replay waits as long. */
  z.object({
    type: z.literal('attempt.ended'),
    ...attemptRef,
    ...offset,
    outcome: outcomeSchema,
    jitter: z.number(),
  }),
  z.object({
    type: z.literal('attempt.cancel.requested'),
    ...attemptRef,
    /** `limit`: a time limit passed. `budget`: the budget is spent. Absent: the user requested it. */
    why: z.optional(z.enum(['limit', 'budget'])),
  }),
  z.object({ type: z.literal('attempt.revoked'), ...attemptRef }),
  z.object({ type: z.literal('evidence.requested'), ...attemptRef }),
  z.object({
    type: z.literal('evidence.checked'),
    ...attemptRef,
    evidence: z.array(evidenceSchema),
    files: z.array(z.string()),
  }),
  /** Evidence of an interactive attempt; the user has to accept or reject it. */
  z.object({
    type: z.literal('judgement.requested'),
    ...attemptRef,
    evidence: z.array(evidenceSchema),
    files: z.array(z.string()),
  }),
  z.object({
    type: z.literal('judgement.decided'),
    task: taskKeySchema,
    proven: z.boolean(),
    by: z.string(),
  }),
  z.object({ type: z.literal('close.requested'), task: taskKeySchema }),
  /** `problem` null: the source now marks it as done. */
  z.object({
    type: z.literal('close.ended'),
    task: taskKeySchema,
    problem: z.nullable(z.string()),
  }),
  z.object({
    type: z.literal('cancel.requested'),
    /** `null` = the whole run. */
    task: z.nullable(taskKeySchema),
    by: z.string(),
  }),
  /** The user sent a message to a task whose attempts are over: its session is resumed. */
  z.object({
    type: z.literal('nudge.requested'),
    task: taskKeySchema,
    message: z.string(),
    by: z.string(),
  }),
  /** Current statuses of dependencies outside the run. */
  z.object({
    type: z.literal('outside.changed'),
    task: taskKeySchema,
    blockedBy: z.array(z.object({ key: taskKeySchema, id: z.string(), status: z.string() })),
  }),
  /** An agent's result for the blackboard, and its attempt. */
  z.object({ type: z.literal('result.received'), ...attemptRef, result: agentResultSchema }),
  /** A provider throttled another run on this machine: no requests before `until`, ms. */
  z.object({
    type: z.literal('provider.throttled_elsewhere'),
    provider: z.string(),
    until: z.number(),
  }),
  /** Another run's breaker of an agent. `until`: when it may be tried again, ms; `null`: it works. */
  z.object({
    type: z.literal('breaker.synced'),
    agent: agentIdSchema,
    until: z.nullable(z.number()),
  }),
  /** Number of parallel attempts that the window allows this run; `null`: unlimited. */
  z.object({ type: z.literal('quota.changed'), quota: z.nullable(z.int()) }),
  /** Why launches on this machine are paused, such as too little memory; `null`: they are not. */
  z.object({ type: z.literal('launch_pause.changed'), reason: z.nullable(z.string()) }),
  /** A policy finding. `warning`: nothing is refused yet. `task` null: it concerns the whole run. */
  z.object({
    type: z.literal('policy.reported'),
    severity: z.enum(['warning', 'violation']),
    code: z.enum(['BUDGET', 'POLICY_VIOLATION']),
    task: z.nullable(taskKeySchema),
    message: z.string(),
  }),
  /** The user has to decide whether the task may start. */
  z.object({ type: z.literal('approval.requested'), task: taskKeySchema }),
  z.object({
    type: z.literal('approval.given'),
    task: taskKeySchema,
    allowed: z.boolean(),
    by: z.string(),
  }),
  z.object({ type: z.literal('plan.changed'), hash: z.string(), detail: z.string() }),
  z.object({ type: z.literal('warning'), message: z.string() }),
  z.object({ type: z.literal('wake') }),
  z.object({
    type: z.literal('run.ended'),
    status: z.enum(TASK_STATUSES),
    exitCode: z.int(),
  }),
]);
export type RunEventBody = z.infer<typeof runEventBodySchema>;

/** One line of the journal. `seq` counts from 1 without gaps; `at` (ms since the epoch) never decreases. */
export const runEventSchema = z.object({
  v: z.literal(FORMAT),
  seq: z.int().check(z.positive()),
  at: z.number(),
  event: runEventBodySchema,
});
export type RunEvent = z.infer<typeof runEventSchema>;

/** First line of every journal segment: its epoch, and how much of the previous segment counts. */
export const segmentHeaderSchema = z.object({
  v: z.literal(FORMAT),
  segment: z.object({
    run: runIdSchema,
    group: groupKeySchema,
    epoch: z.int().check(z.positive()),
    previous: z.nullable(z.object({ epoch: z.int(), length: z.int() })),
  }),
});
export type SegmentHeader = z.infer<typeof segmentHeaderSchema>;
