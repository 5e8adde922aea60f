import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { isBuiltIn } from '../../coordinator/blackboard/roles.ts';
import {
  type Config,
  type ConfigFile,
  configFileSchema,
  DEFAULT_CONFIG,
} from '../../coordinator/schema/config.ts';
import { BUILT_IN_AGENTS } from '../../shared/agent-ids.ts';
import { CONFIG_FILE } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';
import type { DefinedSubagent } from '../agents/build-registry.ts';
import { discoverSubagents, withDefinitions } from './discover-agents.ts';
import { type NamedPlace, namedPlaces, repeatedNames } from './named-places.ts';

/** What a layer above `parallel-groups.json` (VS Code's settings, the command line) overrides; times in ms. */
export interface ConfigOverrides {
  readonly maxConcurrent?: number | undefined;
  readonly conflicts?: Config['conflicts'] | undefined;
  readonly interactive?: Config['interactive'] | undefined;
  readonly agent?: string | undefined;
  /** Custom agents, above those of the file. */
  readonly agents?: Config['agents'] | undefined;
  readonly maxRetries?: number | undefined;
  readonly retryDelayMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** Globs of files that count as plans, whatever their names, and of those that never do. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly claudePath?: string | undefined;
  /** Where the programs of built-in agents are, by agent. */
  readonly agentPaths?: Config['agentPaths'] | undefined;
  /** What the tokens of agents cost, above the prices of the file. */
  readonly prices?: Config['prices'] | undefined;
  readonly testCommand?: readonly string[] | undefined;
  readonly testTimeoutMs?: number | undefined;
  readonly refreshCommand?: readonly string[] | undefined;
  readonly refreshTimeoutMs?: number | undefined;
}

/** The configuration in force and what is wrong with the file; a wrong file is no reason to guess, so it counts as empty. */
export interface LoadedConfig {
  readonly config: Config;
  readonly problems: readonly string[];
  /** Subagents that files of their own define. They are part of the configuration, below `parallel-groups.json`. */
  readonly defined: readonly DefinedSubagent[];
  /** Subagents that `parallel-groups.json` speaks of. */
  readonly configured: ReadonlySet<string>;
  /** Where `parallel-groups.json` defines agents and subagents. */
  readonly named: readonly NamedPlace[];
  /** Agents that the settings define. */
  readonly fromSettings: ReadonlySet<string>;
  /** Whether the command comes from the workspace's file, so that it has to be approved. */
  readonly fromWorkspace: { readonly test: boolean; readonly refresh: boolean };
}

/** Reads `parallel-groups.json`, puts the layers above it on top, and what files of their own define below. */
export async function loadConfig(
  workspaceRoot: string,
  overrides: ConfigOverrides,
  home: string = homedir(),
): Promise<LoadedConfig> {
  const { file, problems, named = [] } = await readConfigFile(workspaceRoot);
  const discovered = await discoverSubagents(workspaceRoot, home);
  const config = layer(file, overrides);
  return {
    config: { ...config, subagents: withDefinitions(config.subagents, discovered) },
    problems: [...problems, ...discovered.problems],
    defined: discovered.found,
    configured: new Set(Object.keys(file.subagents ?? {})),
    named,
    fromSettings: new Set(Object.keys(overrides.agents ?? {})),
    fromWorkspace: {
      test: overrides.testCommand === undefined && file.test?.command !== undefined,
      refresh: overrides.refreshCommand === undefined && file.contextRefresh?.command !== undefined,
    },
  };
}

/** The configuration where no workspace has a say: without a folder, or in one that is not trusted. */
export function ownConfig(overrides: ConfigOverrides): Config {
  return layer({}, overrides);
}

async function readConfigFile(
  workspaceRoot: string,
): Promise<{ file: ConfigFile; problems: string[]; named?: NamedPlace[] }> {
  let text: string;
  try {
    text = await readFile(join(workspaceRoot, CONFIG_FILE), 'utf8');
  } catch {
    return { file: {}, problems: [] };
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) {
    const line = text.slice(0, broken.offset).split('\n').length;
    const what = printParseErrorCode(broken.error);
    return {
      file: {},
      problems: [
        t('{0}:{1}: {2}. Mend the JSON; until then the defaults hold.', CONFIG_FILE, line, what),
      ],
    };
  }
  const parsed = configFileSchema.safeParse(value);
  const named = namedPlaces(text);
  return parsed.success
    ? {
        file: parsed.data,
        problems: [
          ...unknownKeys(value),
          ...takenRoles(parsed.data),
          ...reservedAgents(parsed.data),
          ...repeatedNames(named),
        ],
        named,
      }
    : { file: {}, problems: parsed.error.issues.map(describeIssue) };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return t(
    '{0}: {1}: {2}. Until it is mended the defaults hold.',
    CONFIG_FILE,
    issue.path.map(String).join('.'),
    issue.message,
  );
}

/** Keys that later versions know, or that were misspelt: said, not refused. */
function unknownKeys(value: unknown): string[] {
  const known = new Set([...Object.keys(configFileSchema.shape), '$schema', ...LATER_KEYS]);
  return Object.keys(value ?? {})
    .filter((key) => !known.has(key))
    .map((key) => (key === 'telemetry' ? NO_TELEMETRY : unknownKey(key)));
}

/** Built-in agents are not asked for approval and `run` is a task's own command: a workspace must put nothing in their place. */
const RESERVED_AGENTS: readonly string[] = [...BUILT_IN_AGENTS, 'run'];

function unreserved(agents: ConfigFile['agents'] = {}): Config['agents'] {
  return Object.fromEntries(
    Object.entries(agents).filter(([name]) => !RESERVED_AGENTS.includes(name)),
  );
}

function reservedAgents({ agents = {} }: ConfigFile): string[] {
  return RESERVED_AGENTS.filter((name) => Object.hasOwn(agents, name)).map((name) =>
    t(
      '{0}: the agent "{1}" is built in and stays as it is (AGENT_ALREADY_REGISTERED). Give yours another name.',
      CONFIG_FILE,
      name,
    ),
  );
}

/** The built-in roles mean the same everywhere. */
function takenRoles({ roles = {} }: ConfigFile): string[] {
  return Object.keys(roles)
    .filter(isBuiltIn)
    .map((name) =>
      t(
        '{0}: the role "{1}" is built in and stays as it is. Give yours another name.',
        CONFIG_FILE,
        name,
      ),
    );
}

function unknownKey(key: string): string {
  return t('{0}: the key "{1}" is not known and has no effect.', CONFIG_FILE, key);
}

/** Whoever wrote the workspace must not decide where facts about this machine are sent. */
const NO_TELEMETRY = `${CONFIG_FILE}: telemetry is not read from a workspace. Set it in your own settings, or with OTEL_EXPORTER_OTLP_ENDPOINT.`;

const LATER_KEYS = ['repairs'];

function layer(file: ConfigFile, over: ConfigOverrides): Config {
  const base = DEFAULT_CONFIG;
  return {
    maxConcurrent: over.maxConcurrent ?? file.maxConcurrent ?? base.maxConcurrent,
    conflicts: over.conflicts ?? file.conflicts ?? base.conflicts,
    interactive: over.interactive ?? file.interactive ?? base.interactive,
    agent: over.agent ?? file.agent ?? base.agent,
    maxRetries: over.maxRetries ?? file.maxRetries ?? base.maxRetries,
    repairs: file.repairs ?? base.repairs,
    retryDelayMs: over.retryDelayMs ?? file.retryDelayMs ?? base.retryDelayMs,
    timeoutMs: over.timeoutMs ?? ms(file.timeoutSeconds) ?? base.timeoutMs,
    ...limits(file),
    claudePath: over.claudePath ?? base.claudePath,
    agentPaths: over.agentPaths ?? base.agentPaths,
    sources: {
      include: over.include ?? file.sources?.include ?? [],
      exclude: over.exclude ?? file.sources?.exclude ?? [],
    },
    agents: { ...unreserved(file.agents), ...over.agents },
    prices: { ...file.prices, ...over.prices },
    subagents: file.subagents ?? {},
    roles: file.roles ?? {},
    context: {
      requirements: file.context?.requirements ?? [],
      constraints: file.context?.constraints ?? [],
      decisions: file.context?.decisions ?? [],
    },
    contextRefresh: {
      command: over.refreshCommand ?? file.contextRefresh?.command ?? null,
      timeoutMs:
        over.refreshTimeoutMs ??
        ms(file.contextRefresh?.timeoutSeconds) ??
        base.contextRefresh.timeoutMs,
    },
    test: {
      command: over.testCommand ?? file.test?.command ?? null,
      timeoutMs: over.testTimeoutMs ?? ms(file.test?.timeoutSeconds) ?? base.test.timeoutMs,
      required: file.test?.required ?? base.test.required,
      report: file.test?.report ?? base.test.report,
    },
  };
}

/** What only the file says. */
function limits(
  file: ConfigFile,
): Pick<
  Config,
  | 'taskTimeoutMs'
  | 'runTimeoutMs'
  | 'maxConcurrentPerWindow'
  | 'minFreeMemoryMb'
  | 'policies'
  | 'breaker'
  | 'workflows'
> {
  const base = DEFAULT_CONFIG;
  const { budget, allowedAgents, approval } = file.policies ?? {};
  return {
    taskTimeoutMs: ms(file.taskTimeoutSeconds) ?? base.taskTimeoutMs,
    runTimeoutMs: ms(file.runTimeoutSeconds) ?? base.runTimeoutMs,
    maxConcurrentPerWindow: file.maxConcurrentPerWindow ?? base.maxConcurrentPerWindow,
    minFreeMemoryMb: file.minFreeMemoryMb ?? base.minFreeMemoryMb,
    policies: {
      budget: {
        maxCostUsd: budget?.maxCostUsd ?? base.policies.budget.maxCostUsd,
        maxTokens: budget?.maxTokens ?? base.policies.budget.maxTokens,
      },
      allowedAgents: allowedAgents ?? base.policies.allowedAgents,
      approval: approval ?? base.policies.approval,
    },
    breaker: {
      failures: file.breaker?.failures ?? base.breaker.failures,
      cooldownMs: ms(file.breaker?.cooldownSeconds) ?? base.breaker.cooldownMs,
    },
    workflows: file.workflows ?? base.workflows,
  };
}

function ms(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds * 1000);
}
