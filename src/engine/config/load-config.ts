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

/** Overrides by a layer above `parallel-groups.json` (VS Code's settings, the command line); times in ms. */
export interface ConfigOverrides {
  readonly maxConcurrent?: number | undefined;
  readonly conflicts?: Config['conflicts'] | undefined;
  readonly interactive?: Config['interactive'] | undefined;
  readonly agent?: string | undefined;
  /** Custom agents; they override those of the file. */
  readonly agents?: Config['agents'] | undefined;
  readonly maxRetries?: number | undefined;
  readonly retryDelayMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** Globs of files that are plans regardless of their names (`include`), and of files that never are (`exclude`). */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly claudePath?: string | undefined;
  /** Program paths of built-in agents, by agent. */
  readonly agentPaths?: Config['agentPaths'] | undefined;
  /** Token prices of agents; they override the prices of the file. */
  readonly prices?: Config['prices'] | undefined;
  readonly testCommand?: readonly string[] | undefined;
  readonly testTimeoutMs?: number | undefined;
  readonly refreshCommand?: readonly string[] | undefined;
  readonly refreshTimeoutMs?: number | undefined;
}

/** The effective configuration and the problems of the file. An invalid file counts as empty: nothing is guessed. */
export interface LoadedConfig {
  readonly config: Config;
  readonly problems: readonly string[];
  /** Subagents that separate files define. They are part of the configuration, below `parallel-groups.json`. */
  readonly defined: readonly DefinedSubagent[];
  /** Subagents that `parallel-groups.json` names. */
  readonly configured: ReadonlySet<string>;
  /** The places where `parallel-groups.json` defines agents and subagents. */
  readonly named: readonly NamedPlace[];
  /** Agents that the settings define. */
  readonly fromSettings: ReadonlySet<string>;
}

/** Reads `parallel-groups.json`, with the overrides above it and the subagents of definition files below it. */
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
  };
}

/** Returns the configuration without a workspace's file: for a window without a folder, or an untrusted folder. */
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
          ...builtInRoles(parsed.data),
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

/** Reports keys that only later versions know, or that are misspelled. They are not errors. */
function unknownKeys(value: unknown): string[] {
  const known = new Set([...Object.keys(configFileSchema.shape), '$schema']);
  return Object.keys(value ?? {})
    .filter((key) => !known.has(key))
    .map((key) => (key === 'telemetry' ? noTelemetry() : unknownKey(key)));
}

/** A workspace must not replace built-in agents, which need no approval, or `run`, which is a task's own command. */
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

/** Reports redefined built-in roles, which have the same meaning in all workspaces. */
function builtInRoles({ roles = {} }: ConfigFile): string[] {
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

/** The author of a workspace must not decide where facts about this machine are sent. */
function noTelemetry(): string {
  return t(
    '{0}: telemetry is not read from a workspace. Set it in your own settings, or with OTEL_EXPORTER_OTLP_ENDPOINT.',
    CONFIG_FILE,
  );
}

function layer(file: ConfigFile, overrides: ConfigOverrides): Config {
  const base = DEFAULT_CONFIG;
  return {
    maxConcurrent: overrides.maxConcurrent ?? file.maxConcurrent ?? base.maxConcurrent,
    conflicts: overrides.conflicts ?? file.conflicts ?? base.conflicts,
    interactive: overrides.interactive ?? file.interactive ?? base.interactive,
    agent: overrides.agent ?? file.agent ?? base.agent,
    maxRetries: overrides.maxRetries ?? file.maxRetries ?? base.maxRetries,
    repairs: file.repairs ?? base.repairs,
    retryDelayMs: overrides.retryDelayMs ?? file.retryDelayMs ?? base.retryDelayMs,
    timeoutMs: overrides.timeoutMs ?? ms(file.timeoutSeconds) ?? base.timeoutMs,
    ...limits(file),
    claudePath: overrides.claudePath ?? base.claudePath,
    agentPaths: overrides.agentPaths ?? base.agentPaths,
    sources: {
      include: overrides.include ?? file.sources?.include ?? [],
      exclude: overrides.exclude ?? file.sources?.exclude ?? [],
    },
    agents: { ...unreserved(file.agents), ...overrides.agents },
    prices: { ...file.prices, ...overrides.prices },
    subagents: file.subagents ?? {},
    roles: file.roles ?? {},
    context: {
      requirements: file.context?.requirements ?? [],
      constraints: file.context?.constraints ?? [],
      decisions: file.context?.decisions ?? [],
    },
    contextRefresh: {
      command: overrides.refreshCommand ?? file.contextRefresh?.command ?? null,
      timeoutMs:
        overrides.refreshTimeoutMs ??
        ms(file.contextRefresh?.timeoutSeconds) ??
        base.contextRefresh.timeoutMs,
    },
    test: {
      command: overrides.testCommand ?? file.test?.command ?? null,
      timeoutMs: overrides.testTimeoutMs ?? ms(file.test?.timeoutSeconds) ?? base.test.timeoutMs,
      required: file.test?.required ?? base.test.required,
      report: file.test?.report ?? base.test.report,
    },
  };
}

/** Returns the settings that only the file can contain. */
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
