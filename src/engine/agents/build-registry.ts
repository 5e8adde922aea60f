import type { AgentDefinition } from '../../agents/contract/agent.ts';
import { type InstalledProgram, untestedWords } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { AgentEntry } from '../../coordinator/agents/entries.ts';
import type { SubagentEntry } from '../../coordinator/agents/entries.ts';
import type { Layer } from '../../coordinator/agents/layered.ts';
import { AgentCatalog } from '../../coordinator/agents/registry.ts';
import {
  DETECTED_SUBAGENTS,
  roleOfSubagent,
  typeOfSubagent,
} from '../../coordinator/agents/subagent-types.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { RejectedFailure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { programOf } from './built-in-program.ts';

/** A subagent that a separate definition file defines. */
export interface DefinedSubagent {
  readonly name: string;
  readonly layer: Layer;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** First line of the definition in the file, 1-based. */
  readonly line: number;
}

/** The inputs of a registry besides the configuration. A missing input is unknown. */
export interface RegistrySources {
  readonly defined?: readonly DefinedSubagent[];
  /** The configured agents that the settings define; `parallel-groups.json` defines the others. */
  readonly fromSettings?: ReadonlySet<string>;
  /** The subagents that `parallel-groups.json` names; default: all configured subagents. */
  readonly configured?: ReadonlySet<string>;
  /** The programs found on this machine, with their versions. */
  readonly installed?: readonly InstalledProgram[];
  readonly unregistered?: readonly string[];
}

/** A registry with the entries that it refused (`problems`) and the overrides (`notices`), as sentences. */
export interface BuiltRegistry {
  readonly registry: AgentCatalog;
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}

/** Registers all agents and subagents of the configuration and of this machine. */
export async function buildRegistry(
  config: Config,
  find: FindProgram,
  sources: RegistrySources = {},
): Promise<BuiltRegistry> {
  const registry = new AgentCatalog(config.agent);
  const problems: string[] = [];
  const notices: string[] = [];
  const report = (registered: Result<string | null, RejectedFailure>): void => {
    if (!registered.ok) {
      problems.push(`${registered.failure.message} ${registered.failure.remedy ?? ''}`.trim());
    } else if (registered.value !== null) {
      notices.push(registered.value);
    }
  };
  await registerAgents(registry, config, find, sources, report);
  registerSubagents(registry, config, sources, report);
  for (const id of sources.unregistered ?? []) {
    registry.unregister(id);
  }
  return { registry, problems, notices };
}

type ReportResult = (registered: Result<string | null, RejectedFailure>) => void;

async function registerAgents(
  registry: AgentCatalog,
  config: Config,
  find: FindProgram,
  { installed = [], fromSettings }: RegistrySources,
  report: ReportResult,
): Promise<void> {
  for (const definition of Object.values(AGENTS)) {
    report(registry.register(await builtInEntry(definition, config, find, installed)));
  }
  for (const [id, { command, maxConcurrent }] of Object.entries(config.agents)) {
    const [program = ''] = command;
    const entry = { title: id, kind: 'custom', version: null, builtIn: null } as const;
    const layer = fromSettings?.has(id) === true ? 'settings' : 'parallel-groups.json';
    const isInstalled = (await find(program)) !== null;
    const limit = { maxConcurrent: maxConcurrent ?? null };
    report(registry.register({ ...entry, id, layer, program, installed: isInstalled, ...limit }));
  }
}

async function builtInEntry(
  { id, title, program, install, tested, signIn }: AgentDefinition,
  config: Config,
  find: FindProgram,
  installed: readonly InstalledProgram[],
): Promise<AgentEntry> {
  const path = programOf(config, id);
  const detected = installed.find((each) => each.id === id);
  const version = detected?.version ?? null;
  const untested = untestedWords({ title, tested }, version);
  return {
    id,
    title,
    kind: 'built-in',
    layer: path === program ? 'discovered' : 'settings',
    program: path,
    installed: (await find(path)) !== null,
    version,
    builtIn: { install, tested, untested, signIn: detected?.signIn ?? { seen: null, how: signIn } },
    maxConcurrent: null,
  };
}

function registerSubagents(
  registry: AgentCatalog,
  config: Config,
  { defined = [], configured }: RegistrySources,
  report: ReportResult,
): void {
  const register = (id: string, layer: Layer, place: SubagentEntry['place']): void => {
    const agent = Object.hasOwn(config.subagents, id) ? config.subagents[id]?.agent : undefined;
    const traits = { type: typeOfSubagent(config, id), role: roleOfSubagent(config, id) };
    report(registry.registerSubagent({ id, layer, place, agent: agent ?? null, ...traits }));
  };
  for (const name of DETECTED_SUBAGENTS.keys()) {
    register(name, 'discovered', null);
  }
  for (const { name, layer, file, line } of defined) {
    register(name, layer, { file, line });
  }
  for (const name of Object.keys(config.subagents)) {
    if (configured?.has(name) ?? true) {
      register(name, 'parallel-groups.json', null);
    }
  }
}
