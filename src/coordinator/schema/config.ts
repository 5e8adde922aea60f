import * as z from 'zod/mini';
import { adapterSchema } from './attempt.ts';
import { SHARED_FIELDS } from './blackboard-fields.ts';

/** `parallel-groups.json` in the workspace root; every key optional, unknown keys are reported by the reader. */
const positive = z.number().check(z.positive());
const positiveInt = z.int().check(z.positive());
/** 0 or more. */
const amount = z.number().check(z.nonnegative());
const argv = z.array(z.string()).check(z.minLength(1));

/** USD per million tokens. */
export const priceSchema = z.object({ inputPerMTok: amount, outputPerMTok: amount });

/** Token prices of an agent: for any model, and by model. */
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
  /** Command of its own user interface, for interactive work in a terminal. */
  interactive: z.optional(argv),
  /** Command that resumes a session; `{session}` is replaced by its id. */
  resume: z.optional(argv),
  timeoutSeconds: z.optional(positive),
  maxRetries: z.optional(z.int().check(z.nonnegative())),
  maxConcurrent: z.optional(positiveInt),
  /** USD per million tokens, for agents that count tokens and report no cost. */
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
/** Kind of work of a subagent; workflow stages consist of these. */
export type SubagentType = z.infer<typeof subagentTypeSchema>;

export const subagentSchema = z.object({
  agent: z.optional(z.string()),
  type: z.optional(subagentTypeSchema),
  model: z.optional(z.string()),
  /** Tools that it is restricted to, named as by the agent that plays it. */
  tools: z.optional(z.array(z.string())),
  keywords: z.optional(z.array(z.string())),
  instructions: z.optional(z.string()),
  role: z.optional(z.string()),
  expectsChanges: z.optional(z.boolean()),
});

/** Settings of a definition file in the format of its program. */
export interface WrittenRole {
  /** The program: `claude`, `codex`, … */
  readonly of: string;
  readonly model?: string;
  readonly tools?: readonly string[];
}

/** An effective role; `written`: from its definition file, used only if that program plays it. */
export type SubagentConfig = z.infer<typeof subagentSchema> & { readonly written?: WrittenRole };

/** Blackboard fields that a custom role may read beside its own task, and that its results may write. */
export const roleSchema = z.object({
  sees: z._default(z.array(z.enum(SHARED_FIELDS)), ['requirements', 'constraints']),
  writes: z._default(z.array(z.enum(SHARED_FIELDS)), []),
});

/** Whether agents run in their own user interfaces: for marked tasks, or all. */
export const INTERACTIVE = ['never', 'always'] as const;

/** Handling of tasks of a group that name the same file. */
export const CONFLICTS = ['ask', 'apart', 'together'] as const;

/** When the user is asked, beyond the approval of every new command. */
export const APPROVALS = ['never', 'each-run', 'each-task'] as const;

export const stageSchema = z.object({
  id: z.string().check(z.minLength(1)),
  types: z.array(subagentTypeSchema),
  /** Required success rate of the stage, 0 to 1; below it the workflow goes back. */
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
      /** File or folder of its report (JUnit XML or JSON), relative to the workspace. */
      report: z.optional(z.string()),
    }),
  ),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

/** The effective configuration after all layers (command line > VS Code settings > file > defaults). */
export interface Config {
  readonly interactive: (typeof INTERACTIVE)[number];
  readonly maxConcurrent: number;
  readonly conflicts: (typeof CONFLICTS)[number];
  /** `null`: Claude Code. */
  readonly agent: string;
  /** `null`: 2 for agents, 0 for `run:`. */
  readonly maxRetries: number | null;
  readonly retryDelayMs: number;
  /** Maximum number of resumptions of a session to repair missing evidence. */
  readonly repairs: number;
  /** Time limit of one attempt. */
  readonly timeoutMs: number;
  /** Time limit of a task with all its attempts and waits; `null`: none. */
  readonly taskTimeoutMs: number | null;
  /** Time limit of a whole run; `null`: none. */
  readonly runTimeoutMs: number | null;
  /** Maximum number of parallel attempts of all runs of this window or command line together; `null`: unlimited. */
  readonly maxConcurrentPerWindow: number | null;
  /** Launches pause while less memory is free, MiB; 0: never. */
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
  /** Programs of built-in agents, by agent: names on the `PATH` or absolute paths. */
  readonly agentPaths: Readonly<Record<string, string>>;
  /** Globs of plan files, relative to the workspace, that extend or restrict the default names. */
  readonly sources: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly agents: Readonly<Record<string, CustomAgent>>;
  /** By agent, for agents that count tokens and report no cost. */
  readonly prices: Readonly<Record<string, AgentPrices>>;
  readonly subagents: Readonly<Record<string, SubagentConfig>>;
  /** Custom roles; built-in names are ignored. */
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
    /** Path of its report; `null`: detected from its command. */
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
