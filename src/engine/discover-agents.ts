import { join } from 'node:path';
import { type DefinitionPlace, PLACES } from '../agents/definitions/places.ts';
import type { Definition } from '../agents/definitions/read-definition.ts';
import type { Config, SubagentConfig } from '../coordinator/config.ts';
import { listDirectory } from '../store/list-directory.ts';
import { readRegularFile } from '../store/read-regular-file.ts';
import { isInWorkspace } from '../store/state-directory.ts';
import type { DefinedSubagent } from './build-registry.ts';

/** A subagent that a file of its own defines, with what it says. */
export interface DiscoveredSubagent extends DefinedSubagent {
  readonly config: SubagentConfig;
}

/** The subagents that were found, the strongest first, and what is wrong with others, a sentence each. */
export interface DiscoveredSubagents {
  readonly found: readonly DiscoveredSubagent[];
  readonly problems: readonly string[];
}

/** More than anyone writes; a generated folder must not keep a run waiting. */
const MOST_FILES = 500;
const MOST_BYTES = 512 * 1024;

/** Reads the definitions of subagents in the workspace, and the user's own of Claude Code below `home`. Starts nothing. */
export async function discoverSubagents(
  workspaceRoot: string,
  home: string,
): Promise<DiscoveredSubagents> {
  const found: DiscoveredSubagent[] = [];
  const problems: string[] = [];
  for (const place of PLACES) {
    const folder = join(place.in === 'home' ? home : workspaceRoot, place.folder);
    if (place.in === 'home' || (await isInWorkspace(workspaceRoot, folder))) {
      for (const name of await definitionsIn(folder, place.suffix)) {
        const shown = `${place.in === 'home' ? '~/' : ''}${place.folder}/${name}`;
        const read = await readOne(join(folder, name), name, place);
        if (typeof read === 'string') {
          problems.push(`${shown}:${read}`);
        } else if (read !== null) {
          found.push(discovered(read, place, shown));
        }
      }
    }
  }
  return { found, problems };
}

/** Puts definitions below what is configured: what the configuration does not say of a subagent, its file does. */
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

async function definitionsIn(folder: string, suffix: string): Promise<readonly string[]> {
  const names = await listDirectory(folder);
  return names.filter((name) => name.endsWith(suffix)).slice(0, MOST_FILES);
}

/** `null`: it defines nothing. A string: where and what is wrong, to go behind the file's name. */
async function readOne(
  path: string,
  name: string,
  place: DefinitionPlace,
): Promise<Definition | string | null> {
  let content: string;
  try {
    content = (await readRegularFile(path, MOST_BYTES)).toString('utf8');
  } catch {
    return '1: It cannot be read as a file of text.';
  }
  // With its parser only where there is a definition.
  const { readDefinition } = await import('../agents/definitions/read-definition.ts');
  const read = readDefinition(content, name, place);
  return read.ok ? read.value : `${String(read.failure.line)}: ${read.failure.message}`;
}

function discovered(read: Definition, place: DefinitionPlace, file: string): DiscoveredSubagent {
  const { name, model, instructions } = read;
  const config = {
    ...(model === null ? {} : { model }),
    ...(instructions === '' ? {} : { instructions }),
  };
  return { name, layer: place.layer, file, config };
}
