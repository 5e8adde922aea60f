import * as z from 'zod/mini';
import { DISPATCH_CODES } from '../../shared/failure.ts';
import {
  adapterSchema,
  agentIdSchema,
  commandSchema,
  groupKeySchema,
  runIdSchema,
  stdinSchema,
  taskKeySchema,
} from './attempt.ts';
import { priceSchema, roleSchema, subagentTypeSchema } from './config.ts';

/** One candidate for a task: the agent with everything its launch needs, resolved and approved before the run. */
export const launchSpecSchema = z.object({
  agent: agentIdSchema,
  /** The subagent that this agent plays (a fallback may be another subagent). */
  subagent: z.string(),
  command: commandSchema,
  /** The model in its command; `null`: the program's default. */
  model: z._default(z.nullable(z.string()), null),
  /**
   * Tools that its role is restricted to, named as by the program `of`; `null`: no restriction. Not `enforced`: the
   * command cannot restrict them, so the prompt asks.
   */
  tools: z._default(
    z.nullable(z.object({ names: z.array(z.string()), of: z.string(), enforced: z.boolean() })),
    null,
  ),
  adapter: adapterSchema,
  stdin: stdinSchema,
  env: z.record(z.string(), z.string()),
  timeoutMs: z.int().check(z.positive()),
  maxRetries: z.int().check(z.nonnegative()),
  /** Provider whose request window it shares, such as `anthropic`; empty: its own. */
  provider: z._default(z.string(), ''),
  /** Attempts of this agent at the same time; `null`: as many as the run has. */
  maxConcurrent: z._default(z.nullable(z.int().check(z.positive())), null),
  /** USD per million tokens, for agents that report no cost. */
  price: z._default(z.nullable(priceSchema), null),
  /** Whether a task without any change to the files is unproven. */
  expectsChanges: z.boolean(),
  /** Command that resumes a session, `{session}` being replaced by its id; `null`: not supported. */
  resume: z._default(z.nullable(commandSchema), null),
});
export type LaunchSpec = z.infer<typeof launchSpecSchema>;

/** A verification command: one of the run's own (context refresh, tests), or a task's own test. */
export const suiteSpecSchema = z.object({
  command: commandSchema,
  timeoutMs: z.int().check(z.positive()),
  /** Display label: `npm test`. */
  label: z.string(),
  /** Parser of its output: `npm`, `pytest`, `cargo`, `go`, … ; `built-in` for our own summary. */
  parser: z.string(),
  /** Paths of its machine-readable reports, relative to the workspace; absent: none. */
  reports: z.optional(z.array(z.string())),
});
export type SuiteSpec = z.infer<typeof suiteSpecSchema>;

const blockerSchema = z.object({ key: taskKeySchema, id: z.string(), status: z.string() });

/** A task frozen at the start of its run; later changes of the plan file do not affect it. */
export const plannedTaskSchema = z.object({
  key: taskKeySchema,
  id: z.string(),
  title: z.string(),
  fingerprint: z.string(),
  place: z.object({ file: z.string(), line: z.int() }),
  /** Tasks of this run that have to be done first. */
  dependencies: z.array(taskKeySchema),
  /** Dependencies outside the run that blocked it at the start. */
  blockedBy: z.array(blockerSchema),
  priority: z.int(),
  subagent: z.string(),
  subagentReason: z.enum(['metadata', 'detected', 'default']),
  skillsApplied: z.array(z.string()),
  files: z.array(z.string()),
  run: z.nullable(z.string()),
  /** Its own test, run after its agent succeeded. */
  test: z._default(z.nullable(suiteSpecSchema), null),
  /** Whether it is marked as changing no file. */
  noChange: z._default(z.boolean(), false),
  /** The source's word if it was already done: shown only, and not counted. */
  excluded: z.nullable(z.string()),
  /** First choice, then the fallbacks. Empty if none is available; `refusal` is the reason. */
  agents: z.array(launchSpecSchema),
  refusal: z.nullable(z.string()),
  /** The code of the refusal. */
  code: z._default(z.nullable(z.enum(DISPATCH_CODES)), null),
  /** Kind of work of its subagent. */
  type: z._default(subagentTypeSchema, 'coding'),
  /** Its subagent's role, which determines its access to the blackboard. */
  role: z._default(z.string(), 'drafter'),
  /** Expected duration in ms, for the critical path; 1 where unknown. */
  estimateMs: z.number(),
  /** The run whose proof of this task is carried over: not launched again, closed with this run. */
  carriedFrom: z.nullable(runIdSchema),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

/**
 * Tasks that must not run at the same time although neither depends on the other. Those in `inside` exclude the others,
 * not each other: files in a folder that another task names.
 */
export const mutexSchema = z.object({
  /** Shared file or folder; `null` if their source declares the conflict. */
  path: z.nullable(z.string()),
  tasks: z.array(taskKeySchema),
  inside: z.array(taskKeySchema),
});
export type Mutex = z.infer<typeof mutexSchema>;

const limitsSchema = z.object({
  /** Time limit of a task with all its attempts and waits, ms; `null`: none. */
  taskTimeoutMs: z.nullable(z.number()),
  /** Time limit of the whole run, ms; `null`: none. */
  runTimeoutMs: z.nullable(z.number()),
});

const budgetSchema = z.object({
  /** USD; `null`: none. */
  maxCostUsd: z.nullable(z.number()),
  /** Input and output together; `null`: none. */
  maxTokens: z.nullable(z.number()),
});

const stagePartSchema = z.object({
  workflow: z.string(),
  /** The execution of the workflow. */
  id: z.string(),
  stage: z.string(),
  /** 0: first passage; n: the nth time that it was sent back. */
  loop: z.int(),
});

const blackboardBaseSchema = z.object({
  requirements: z.array(z.string()),
  constraints: z.array(z.string()),
  decisions: z.array(z.string()),
  /** By name; values as JSON. */
  artifacts: z.record(z.string(), z.unknown()),
  /** Reasons why the workflow came back to this stage. */
  findings: z.array(z.string()),
});

export const runSpecSchema = z.object({
  run: runIdSchema,
  group: groupKeySchema,
  groupId: z.string(),
  source: z.string(),
  sourceHash: z.string(),
  sequential: z.boolean(),
  tasks: z.array(plannedTaskSchema),
  maxConcurrent: z.int().check(z.positive()),
  retryDelayMs: z.number(),
  /** Maximum number of resumptions of a session to repair missing evidence. */
  repairs: z._default(z.int().check(z.nonnegative()), 0),
  refresh: suiteSpecSchema,
  /** `null`: no test command was given or found. */
  tests: z.nullable(suiteSpecSchema),
  testsRequired: z.boolean(),
  /** `map`: one agent over many units, without plan, refresh or tests. */
  kind: z._default(z.enum(['group', 'map']), 'group'),
  /** Only for maps: the agent's name as given, and the user's instruction for each unit. */
  map: z.optional(
    z.object({
      agent: z.string(),
      instruction: z.nullable(z.string()),
      /** Noun for its units. */
      of: z._default(z.enum(['file', 'unit']), 'file'),
    }),
  ),
  limits: z._default(limitsSchema, { taskTimeoutMs: null, runTimeoutMs: null }),
  breaker: z._default(z.object({ failures: z.int(), cooldownMs: z.number() }), {
    failures: 3,
    cooldownMs: 60_000,
  }),
  /** Breakers that were open when the run started: nothing is launched for the agent before `until`, ms. */
  openBreakers: z._default(z.array(z.object({ agent: agentIdSchema, until: z.number() })), []),
  budget: z._default(budgetSchema, { maxCostUsd: null, maxTokens: null }),
  /** Whether the user is asked before each task. */
  approveEachTask: z._default(z.boolean(), false),
  /** The part of the workflow that this run is; `null`: none. */
  stage: z._default(z.nullable(stagePartSchema), null),
  /** Base of the run's blackboard. */
  blackboard: z._default(blackboardBaseSchema, {
    requirements: [],
    constraints: [],
    decisions: [],
    artifacts: {},
    findings: [],
  }),
  /** Custom roles and their permissions. */
  roles: z._default(z.record(z.string(), roleSchema), {}),
  /** Empty in older journals. */
  mutexes: z._default(z.array(mutexSchema), []),
  warnings: z.array(z.string()),
});
export type RunSpec = z.infer<typeof runSpecSchema>;
