import * as z from 'zod/mini';
import { stdinSchema } from './attempt.ts';

/** `parallel-groups.json` in the workspace root; every key optional, unknown keys are reported by the reader. */
const positive = z.number().check(z.positive());
const positiveInt = z.int().check(z.positive());
const argv = z.array(z.string()).check(z.minLength(1));

export const customAgentSchema = z.object({
  command: argv,
  events: z._default(z.enum(['none', 'claude']), 'none'),
  stdin: z._default(stdinSchema, 'prompt'),
  env: z._default(z.record(z.string(), z.string()), {}),
  timeoutSeconds: z.optional(positive),
  maxRetries: z.optional(z.int().check(z.nonnegative())),
  maxConcurrent: z.optional(positiveInt),
});
export type CustomAgent = z.infer<typeof customAgentSchema>;

export const subagentSchema = z.object({
  agent: z.optional(z.string()),
  type: z.optional(
    z.enum(['coding', 'review', 'test_data', 'test', 'devops', 'deploying', 'monitor']),
  ),
  model: z.optional(z.string()),
  keywords: z.optional(z.array(z.string())),
  instructions: z.optional(z.string()),
  role: z.optional(z.string()),
  expectsChanges: z.optional(z.boolean()),
});
export type SubagentConfig = z.infer<typeof subagentSchema>;

/** What to do about tasks of a group that name the same file. */
export const CONFLICTS = ['ask', 'apart', 'together'] as const;

export const configFileSchema = z.object({
  maxConcurrent: z.optional(positiveInt),
  conflicts: z.optional(z.enum(CONFLICTS)),
  agent: z.optional(z.string()),
  maxRetries: z.optional(z.int().check(z.nonnegative())),
  retryDelayMs: z.optional(z.number().check(z.nonnegative())),
  timeoutSeconds: z.optional(positive),
  sources: z.optional(
    z.object({
      include: z.optional(z.array(z.string())),
      exclude: z.optional(z.array(z.string())),
    }),
  ),
  agents: z.optional(z.record(z.string(), customAgentSchema)),
  subagents: z.optional(z.record(z.string(), subagentSchema)),
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
    }),
  ),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

/** The configuration in force, after all layers (command line > VS Code settings > file > defaults). */
export interface Config {
  readonly maxConcurrent: number;
  readonly conflicts: (typeof CONFLICTS)[number];
  /** `null`: Claude Code. */
  readonly agent: string;
  /** `null`: 2 for agents, 0 for `run:`. */
  readonly maxRetries: number | null;
  readonly retryDelayMs: number;
  readonly timeoutMs: number;
  readonly claudePath: string;
  /** Globs, relative to the workspace: what counts as a plan beside, or although, its name. */
  readonly sources: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly agents: Readonly<Record<string, CustomAgent>>;
  readonly subagents: Readonly<Record<string, SubagentConfig>>;
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
  };
}

export const DEFAULT_CONFIG: Config = {
  maxConcurrent: 4,
  conflicts: 'ask',
  agent: 'claude',
  maxRetries: null,
  retryDelayMs: 500,
  timeoutMs: 1_800_000,
  claudePath: 'claude',
  sources: { include: [], exclude: [] },
  agents: {},
  subagents: {},
  context: { requirements: [], constraints: [], decisions: [] },
  contextRefresh: { command: null, timeoutMs: 120_000 },
  test: { command: null, timeoutMs: 300_000, required: false },
};
