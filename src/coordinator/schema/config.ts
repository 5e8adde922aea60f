import * as z from 'zod/mini';
import { adapterSchema } from './attempt.ts';
import { SHARED_FIELDS } from './blackboard-fields.ts';

/** `parallel-groups.json` in the workspace root; every key optional, unknown keys are reported by the reader. */
const positive = z.number().check(z.positive());
const positiveInt = z.int().check(z.positive());
/** 0 or more. */
const amount = z.number().check(z.nonnegative());
const argv = z.array(z.string()).check(z.minLength(1));

/** USD for a million tokens. */
export const priceSchema = z.object({ inputPerMTok: amount, outputPerMTok: amount });

/** What an agent's tokens cost, whatever its model, and by model. */
export const agentPricesSchema = z.object({
  inputPerMTok: z.optional(amount),
  outputPerMTok: z.optional(amount),
  models: z.optional(z.record(z.string(), priceSchema)),
});
export type AgentPrices = z.infer<typeof agentPricesSchema>;

export const customAgentSchema = z.object({
  command: argv,
  events: z._default(adapterSchema, 'none'),
  stdin: z._default(z.enum(['closed', 'prompt', 'conversation']), 'prompt'),
  env: z._default(z.record(z.string(), z.string()), {}),
  /** Its own user interface, for a person to work with in a terminal. */
  interactive: z.optional(argv),
  /** Takes a session of before up, `{session}` standing for its id. */
  resume: z.optional(argv),
  timeoutSeconds: z.optional(positive),
  maxRetries: z.optional(z.int().check(z.nonnegative())),
  maxConcurrent: z.optional(positiveInt),
  /** USD for a million tokens, for agents that count tokens and name no cost. */
  price: z.optional(priceSchema),
});
export type CustomAgent = z.infer<typeof customAgentSchema>;

export const subagentTypeSchema = z.enum([
  'coding',
  'review',
  'test_data',
  'test',
  'devops',
  'deploying',
  'monitor',
]);
/** What kind of work a subagent does: the stages of a workflow are made of these. */
export type SubagentType = z.infer<typeof subagentTypeSchema>;

export const subagentSchema = z.object({
  agent: z.optional(z.string()),
  type: z.optional(subagentTypeSchema),
  model: z.optional(z.string()),
  /** Tools that it is restricted to, by the names of the agent that plays it. */
  tools: z.optional(z.array(z.string())),
  keywords: z.optional(z.array(z.string())),
  instructions: z.optional(z.string()),
  role: z.optional(z.string()),
  expectsChanges: z.optional(z.boolean()),
});

/** What a definition file of some program says in that program's own words. */
export interface WrittenRole {
  /** The program: `claude`, `codex`, … */
  readonly of: string;
  readonly model?: string;
  readonly tools?: readonly string[];
}

/** A role in force; `written`: of its definition file, counts only where that program plays it. */
export type SubagentConfig = z.infer<typeof subagentSchema> & { readonly written?: WrittenRole };

/** What a custom role may see of the blackboard beside its own task, and what its results may add. */
export const roleSchema = z.object({
  sees: z._default(z.array(z.enum(SHARED_FIELDS)), ['requirements', 'constraints']),
  writes: z._default(z.array(z.enum(SHARED_FIELDS)), []),
});

/** Whether agents run in their own user interfaces, for a person to work with: where a task says so, or all. */
export const INTERACTIVE = ['never', 'always'] as const;

/** What to do about tasks of a group that name the same file. */
export const CONFLICTS = ['ask', 'apart', 'together'] as const;

/** When a person is asked beyond the one approval of every new command. */
export const APPROVALS = ['never', 'each-run', 'each-task'] as const;

export const stageSchema = z.object({
  id: z.string().check(z.minLength(1)),
  types: z.array(subagentTypeSchema),
  /** The stage's share of successes, 0 to 1, below which the workflow goes back. */
  gate: z.optional(z.object({ requiredSuccessRate: z.number().check(z.minimum(0), z.maximum(1)) })),
});
export type Stage = z.infer<typeof stageSchema>;

export const workflowSchema = z.object({
  stages: z.array(stageSchema),
  maxFeedbackLoops: z._default(z.int().check(z.nonnegative()), 3),
});
export type WorkflowDefinition = z.infer<typeof workflowSchema>;

export const configFileSchema = z.object({
  maxConcurrent: z.optional(positiveInt),
  conflicts: z.optional(z.enum(CONFLICTS)),
  interactive: z.optional(z.enum(INTERACTIVE)),
  agent: z.optional(z.string()),
  maxRetries: z.optional(z.int().check(z.nonnegative())),
  retryDelayMs: z.optional(z.number().check(z.nonnegative())),
  repairs: z.optional(z.int().check(z.nonnegative())),
  timeoutSeconds: z.optional(positive),
  taskTimeoutSeconds: z.optional(positive),
  runTimeoutSeconds: z.optional(positive),
  maxConcurrentPerWindow: z.optional(positiveInt),
  minFreeMemoryMb: z.optional(amount),
  policies: z.optional(
    z.object({
      budget: z.optional(
        z.object({ maxCostUsd: z.optional(amount), maxTokens: z.optional(amount) }),
      ),
      allowedAgents: z.optional(z.array(z.string())),
      approval: z.optional(z.enum(APPROVALS)),
    }),
  ),
  breaker: z.optional(
    z.object({ failures: z.optional(positiveInt), cooldownSeconds: z.optional(positive) }),
  ),
  workflows: z.optional(z.record(z.string(), workflowSchema)),
  sources: z.optional(
    z.object({
      include: z.optional(z.array(z.string())),
      exclude: z.optional(z.array(z.string())),
    }),
  ),
  agents: z.optional(z.record(z.string(), customAgentSchema)),
  /** By agent. */
  prices: z.optional(z.record(z.string(), agentPricesSchema)),
  subagents: z.optional(z.record(z.string(), subagentSchema)),
  roles: z.optional(z.record(z.string(), roleSchema)),
  context: z.optional(
    z.object({
      requirements: z.optional(z.array(z.string())),
      constraints: z.optional(z.array(z.string())),
      decisions: z.optional(z.array(z.string())),
    }),
  ),
  contextRefresh: z.optional(
    z.object({ command: z.optional(argv), timeoutSeconds: z.optional(positive) }),
  ),
  test: z.optional(
    z.object({
      command: z.optional(argv),
      timeoutSeconds: z.optional(positive),
      required: z.optional(z.boolean()),
      /** The file or folder, relative to the workspace, that it writes its report to: JUnit XML or JSON. */
      report: z.optional(z.string()),
    }),
  ),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

/** The configuration in force, after all layers (command line > VS Code settings > file > defaults). */
export interface Config {
  readonly interactive: (typeof INTERACTIVE)[number];
  readonly maxConcurrent: number;
  readonly conflicts: (typeof CONFLICTS)[number];
  /** `null`: Claude Code. */
  readonly agent: string;
  /** `null`: 2 for agents, 0 for `run:`. */
  readonly maxRetries: number | null;
  readonly retryDelayMs: number;
  /** How often the same session is resumed to mend what its evidence lacks. */
  readonly repairs: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Of a task with all its attempts and waits; `null`: none. */
  readonly taskTimeoutMs: number | null;
  /** Of a whole run; `null`: none. */
  readonly runTimeoutMs: number | null;
  /** Attempts of all runs of this window or command line together; `null`: as many as the runs have. */
  readonly maxConcurrentPerWindow: number | null;
  /** Nothing is launched while less memory is free, MiB; 0: never held back. */
  readonly minFreeMemoryMb: number;
  readonly policies: {
    readonly budget: {
      /** USD of one run; `null`: none. */
      readonly maxCostUsd: number | null;
      /** Input and output tokens of one run together; `null`: none. */
      readonly maxTokens: number | null;
    };
    /** `null`: every agent. */
    readonly allowedAgents: readonly string[] | null;
    readonly approval: (typeof APPROVALS)[number];
  };
  readonly breaker: {
    /** Consecutive failures of an agent, of at least two tasks, that open its breaker. */
    readonly failures: number;
    readonly cooldownMs: number;
  };
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  readonly claudePath: string;
  /** Where the programs of built-in agents are, by agent: names on the `PATH` or absolute paths. */
  readonly agentPaths: Readonly<Record<string, string>>;
  /** Globs, relative to the workspace: what counts as a plan beside, or although, its name. */
  readonly sources: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly agents: Readonly<Record<string, CustomAgent>>;
  /** By agent; for those that count tokens and name no cost. */
  readonly prices: Readonly<Record<string, AgentPrices>>;
  readonly subagents: Readonly<Record<string, SubagentConfig>>;
  /** Custom roles; those of the built-in names count for nothing. */
  readonly roles: Readonly<Record<string, z.infer<typeof roleSchema>>>;
  readonly context: {
    readonly requirements: readonly string[];
    readonly constraints: readonly string[];
    readonly decisions: readonly string[];
  };
  readonly contextRefresh: {
    readonly command: readonly string[] | null;
    readonly timeoutMs: number;
  };
  readonly test: {
    readonly command: readonly string[] | null;
    readonly timeoutMs: number;
    readonly required: boolean;
    /** Where its report for programs is; `null`: as its command says. */
    readonly report: string | null;
  };
}

export const DEFAULT_CONFIG: Config = {
  maxConcurrent: 4,
  conflicts: 'ask',
  interactive: 'never',
  agent: 'claude',
  maxRetries: null,
  retryDelayMs: 500,
  repairs: 1,
  timeoutMs: 1_800_000,
  taskTimeoutMs: null,
  runTimeoutMs: null,
  maxConcurrentPerWindow: null,
  minFreeMemoryMb: 1024,
  policies: {
    budget: { maxCostUsd: null, maxTokens: null },
    allowedAgents: null,
    approval: 'never',
  },
  breaker: { failures: 3, cooldownMs: 60_000 },
  workflows: {},
  claudePath: 'claude',
  agentPaths: {},
  sources: { include: [], exclude: [] },
  agents: {},
  prices: {},
  subagents: {},
  roles: {},
  context: { requirements: [], constraints: [], decisions: [] },
  contextRefresh: { command: null, timeoutMs: 120_000 },
  test: { command: null, timeoutMs: 300_000, required: false, report: null },
};
