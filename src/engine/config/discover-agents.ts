import { basename, join } from 'node:path';
import type { Definition, DefinitionProblem } from '../../agents/definitions/definition.ts';
import { type DefinitionPlace, PLACES } from '../../agents/definitions/places.ts';
import { onlyReads } from '../../agents/definitions/tool-lists.ts';
import { strength } from '../../coordinator/agents/layered.ts';
import type { Config, SubagentConfig, WrittenRole } from '../../coordinator/schema/config.ts';
import { t } from '../../shared/messages.ts';
import type { Result } from '../../shared/result.ts';
import { isInWorkspace } from '../../store/directories/state-directory.ts';
import type { DefinedSubagent } from '../agents/build-registry.ts';
import { type DefinitionFile, definitionFiles, readText } from './definition-files.ts';

/** A subagent that a separate definition file defines, with its content as configuration. */
export interface DiscoveredSubagent extends DefinedSubagent {
  readonly config: SubagentConfig;
}

/** The subagents found, strongest layer first, and the problems of others, one sentence each. */
export interface DiscoveredSubagents {
  readonly found: readonly DiscoveredSubagent[];
  readonly problems: readonly string[];
}

/** Reads the subagent definitions of the workspace, and those of the user below `home`. Starts no program. */
export async function discoverSubagents(
  workspaceRoot: string,
  home: string,
): Promise<DiscoveredSubagents> {
  const found: DiscoveredSubagent[] = [];
  const problems: string[] = [];
  for (const place of PLACES) {
    const base = place.in === 'home' ? home : workspaceRoot;
    const { files, problem } = await definitionFiles(place, base);
    problems.push(...[problem ?? []].flat());
    for (const file of files) {
      const read = await readOne(file, place);
      if (typeof read === 'string') {
        problems.push(`${file.shown}:${read}`);
      } else if (read !== null) {
        found.push(discovered(read, place, file.shown));
      }
    }
  }
  const roles = await rolesOf(workspaceRoot);
  found.push(...roles.found);
  return {
    found: found.sort((a, b) => strength(a) - strength(b)),
    problems: [...problems, ...roles.problems],
  };
}

/** Merges definitions below the configuration: a subagent's file supplies the settings that the configuration omits. */
export function withDefinitions(
  configured: Config['subagents'],
  { found }: DiscoveredSubagents,
): Config['subagents'] {
  const subagents = new Map<string, SubagentConfig>();
  for (const { name, config } of found) {
    if (!subagents.has(name)) {
      subagents.set(name, config);
    }
  }
  for (const [name, config] of Object.entries(configured)) {
    subagents.set(name, { ...subagents.get(name), ...config });
  }
  return Object.fromEntries(subagents);
}

/** Reads one definition; `null` if the file defines nothing. A string is a problem: its line and a sentence. */
async function readOne(
  { path, declared }: DefinitionFile,
  place: DefinitionPlace,
): Promise<Definition | string | null> {
  const content = await readText(path);
  if (content === null) {
    return t('1: It cannot be read as a file of text.');
  }
  const read = await parse(content, basename(path), place, declared);
  return read.ok ? read.value : withLine(read.failure);
}

/** Parses a definition. Loads the parser only when it is needed. */
async function parse(
  content: string,
  name: string,
  place: DefinitionPlace,
  declared: string | null,
): Promise<Result<Definition | null, DefinitionProblem>> {
  if (place.format === 'toml') {
    const { readCodexRole } = await import('../../agents/definitions/read-codex.ts');
    return readCodexRole(content, declared);
  }
  const { readDefinition } = await import('../../agents/definitions/read-definition.ts');
  return readDefinition(content, name, place);
}

function discovered(
  { name, model, tools, instructions }: Definition,
  { layer, program }: DefinitionPlace,
  file: string,
): DiscoveredSubagent {
  const written: WrittenRole = {
    of: program,
    ...(model === null ? {} : { model }),
    ...(tools === null ? {} : { tools }),
  };
  const config = {
    ...(instructions === '' ? {} : { instructions }),
    // A subagent without tools that change files does not fail when it changes none.
    ...(onlyReads(program, tools) ? { expectsChanges: false } : {}),
    ...(model === null && tools === null ? {} : { written }),
  };
  return { name, layer, file, line: 1, config };
}

const ROLES_FILE = 'AGENTS.md';

/**
 * Reads the roles of `AGENTS.md`. All programs share this file, so its names of models and tools are those of the
 * program that plays the role.
 */
async function rolesOf(workspaceRoot: string): Promise<DiscoveredSubagents> {
  const path = join(workspaceRoot, ROLES_FILE);
  const content = (await isInWorkspace(workspaceRoot, path)) ? await readText(path) : null;
  if (content === null || !/role|subagent/i.test(content)) {
    return { found: [], problems: [] };
  }
  const { readRoles } = await import('../../agents/definitions/read-roles.ts');
  const { roles, problems } = readRoles(content);
  return {
    found: roles.map(({ name, line, model, tools, instructions }) => ({
      name,
      line,
      layer: ROLES_FILE,
      file: ROLES_FILE,
      config: {
        instructions,
        ...(model === null ? {} : { model }),
        ...(tools === null ? {} : { tools: [...tools] }),
      },
    })),
    problems: problems.map((problem) => `${ROLES_FILE}:${withLine(problem)}`),
  };
}

function withLine({ line, message }: DefinitionProblem): string {
  return `${line}: ${message}`;
}
