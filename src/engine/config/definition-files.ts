import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DefinitionPlace } from '../../agents/definitions/places.ts';
import { listDirectory } from '../../store/directories/list-directory.ts';
import { isInWorkspace } from '../../store/directories/state-directory.ts';
import { readRegularFile } from '../../store/files/read-regular-file.ts';

/** A file that may define a subagent. */
export interface DefinitionFile {
  /** Absolute. */
  readonly path: string;
  /** Display path with `/`: relative to the workspace, or to the home directory with a leading `~/`. */
  readonly shown: string;
  /** The name that another file declares for it; `null` if none does. */
  readonly declared: string | null;
}

/** Higher than any hand-written folder needs. The limits keep a generated folder from delaying a run. */
const MAX_FILES = 500;
const MAX_BYTES = 512 * 1024;

/** Reads the text of a definition; `null` if it is not a readable text file. */
export async function readText(path: string): Promise<string | null> {
  try {
    return (await readRegularFile(path, MAX_BYTES)).toString('utf8');
  } catch {
    return null;
  }
}

/**
 * Lists the definition files of a place below `base` (absolute), sorted. `problem`: the problem in the file that
 * declares other files, or `null`.
 */
export async function definitionFiles(
  place: DefinitionPlace,
  base: string,
): Promise<{ readonly files: readonly DefinitionFile[]; readonly problem: string | null }> {
  const shown = (path: string): string =>
    (place.in === 'home' ? '~/' : '') + relative(base, path).split(sep).join('/');
  const folder = join(base, place.folder);
  const isAllowed = (path: string): Promise<boolean> =>
    place.in === 'home' ? Promise.resolve(true) : isInWorkspace(base, path);
  const names = (await isAllowed(folder)) ? await listDirectory(folder) : [];
  const files = names
    .filter((name) => name.endsWith(place.suffix))
    .slice(0, MAX_FILES)
    .map((name) => join(folder, name));
  const { declared, problem } =
    place.roleList !== null
      ? await declaredIn(join(dirname(folder), place.roleList), isAllowed)
      : { declared: new Map<string, string>(), problem: null };
  return {
    files: [...new Set([...files, ...declared.keys()])].map((path) => ({
      path,
      shown: shown(path),
      declared: declared.get(path) ?? null,
    })),
    problem: problem === null ? null : `${shown(join(dirname(folder), 'config.toml'))}:${problem}`,
  };
}

/**
 * Reads the role files that Codex's configuration declares: role names by absolute path. `problem`: a problem in the
 * configuration, with its line, or `null`.
 */
async function declaredIn(
  config: string,
  isAllowed: (path: string) => Promise<boolean>,
): Promise<{ readonly declared: Map<string, string>; readonly problem: string | null }> {
  const declared = new Map<string, string>();
  const content = (await isAllowed(config)) ? await readText(config) : null;
  if (content === null || !/^\s*\[agents\b/m.test(content)) {
    return { declared, problem: null };
  }
  // Loads the parser only if the file declares roles.
  const { readCodexConfig } = await import('../../agents/definitions/read-codex.ts');
  const read = readCodexConfig(content);
  if (!read.ok) {
    return { declared, problem: `${read.failure.line}: ${read.failure.message}` };
  }
  for (const { name, file } of read.value) {
    const path = resolve(dirname(config), file);
    if (await isAllowed(path)) {
      declared.set(path, name);
    }
  }
  return { declared, problem: null };
}
