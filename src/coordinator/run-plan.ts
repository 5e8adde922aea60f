import * as z from 'zod/mini';
import {
  adapterSchema,
  agentIdSchema,
  commandSchema,
  groupKeySchema,
  runIdSchema,
  stdinSchema,
  taskKeySchema,
} from './attempt.ts';

/** One way to carry out a task: the agent with everything its launch needs, resolved and approved before the run. */
export const agentPlanSchema = z.object({
  agent: agentIdSchema,
  /** The subagent that this agent plays (a fallback may be another subagent). */
  subagent: z.string(),
  command: commandSchema,
  adapter: adapterSchema,
  stdin: stdinSchema,
  env: z.record(z.string(), z.string()),
  timeoutMs: z.int().check(z.positive()),
  maxRetries: z.int().check(z.nonnegative()),
  /** Whether a task without any change to the files is unproven. */
  expectsChanges: z.boolean(),
});
export type AgentPlan = z.infer<typeof agentPlanSchema>;

const blockerSchema = z.object({ key: taskKeySchema, id: z.string(), status: z.string() });

/** A task as it stood when its run started; nothing that happens to the plan file changes it. */
export const plannedTaskSchema = z.object({
  key: taskKeySchema,
  id: z.string(),
  title: z.string(),
  fingerprint: z.string(),
  place: z.object({ file: z.string(), line: z.int() }),
  /** Tasks of this run that have to be done first. */
  dependencies: z.array(taskKeySchema),
  /** Dependencies outside the run that held it back at the start. */
  blockedBy: z.array(blockerSchema),
  priority: z.int(),
  subagent: z.string(),
  subagentReason: z.enum(['metadata', 'detected', 'default']),
  skillsApplied: z.array(z.string()),
  files: z.array(z.string()),
  run: z.nullable(z.string()),
  /** Whether the source was already done with it: it is in the plan for display only and is not counted. */
  excluded: z.nullable(z.string()),
  /** First choice, then the fallbacks. Empty when nothing can carry it out; `refusal` says why. */
  agents: z.array(agentPlanSchema),
  refusal: z.nullable(z.string()),
  /** Expected duration in ms, for the critical path; 1 where unknown. */
  estimateMs: z.number(),
  /** The run whose proof of this task is carried over: not launched again, closed with this run. */
  carriedFrom: z.nullable(runIdSchema),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

/** One of the run's own commands (context refresh, tests). */
export const checkPlanSchema = z.object({
  command: commandSchema,
  timeoutMs: z.int().check(z.positive()),
  /** As a person reads it: `npm test`. */
  label: z.string(),
  /** How its output is read: `npm`, `pytest`, `cargo`, `go`, … ; `built-in` for our own summary. */
  parser: z.string(),
});
export type CheckPlan = z.infer<typeof checkPlanSchema>;

/**
 * Tasks that must not run at the same time, though none waits for another. Those in `inside` only keep out of the way
 * of the others, not of one another: files in a folder that another task names.
 */
export const apartSchema = z.object({
  /** The file or folder that they share; `null` where their source says that they conflict. */
  path: z.nullable(z.string()),
  tasks: z.array(taskKeySchema),
  inside: z.array(taskKeySchema),
});
export type Apart = z.infer<typeof apartSchema>;

export const runPlanSchema = z.object({
  run: runIdSchema,
  group: groupKeySchema,
  groupId: z.string(),
  source: z.string(),
  sourceHash: z.string(),
  sequential: z.boolean(),
  tasks: z.array(plannedTaskSchema),
  maxConcurrent: z.int().check(z.positive()),
  retryDelayMs: z.number(),
  refresh: checkPlanSchema,
  /** `null`: no test command was given or found. */
  tests: z.nullable(checkPlanSchema),
  testsRequired: z.boolean(),
  /** Journals of before have none. */
  apart: z._default(z.array(apartSchema), []),
  warnings: z.array(z.string()),
});
export type RunPlan = z.infer<typeof runPlanSchema>;
