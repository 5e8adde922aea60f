import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DefinitionPlace } from '../../agents/definitions/places.ts';
import { listDirectory } from '../../store/directories/list-directory.ts';
import { isInWorkspace } from '../../store/directories/state-directory.ts';
import { readRegularFile } from '../../store/files/read-regular-file.ts';

/** A file that may define a subagent. */
export interface DefinitionFile {
  /** Absolute. */
  readonly path: string;
  /** For people: relative to the workspace, or to the home with `~/`; with `/`. */
  readonly shown: string;
  /** The name that another file gives it; `null`: none does. */
  readonly declared: string | null;
}

/** More than anyone writes; a generated folder must not keep a run waiting. */
const MOST_FILES = 500;
const MOST_BYTES = 512 * 1024;

/** The text of a definition; `null`: it cannot be read as a file of text. */
export async function readText(path: string): Promise<string | null> {
  try {
    return (await readRegularFile(path, MOST_BYTES)).toString('utf8');
  } catch {
    return null;
  }
}

/** The files of a place below `base` (absolute), sorted; and what is wrong with the one that names others. */
export async function definitionFiles(
  place: DefinitionPlace,
  base: string,
): Promise<{ readonly files: readonly DefinitionFile[]; readonly problem: string | null }> {
  const shown = (path: string): string =>
    (place.in === 'home' ? '~/' : '') + relative(base, path).split(sep).join('/');
  const folder = join(base, place.folder);
  const isOurs = (path: string): Promise<boolean> =>
    place.in === 'home' ? Promise.resolve(true) : isInWorkspace(base, path);
  const names = (await isOurs(folder)) ? await listDirectory(folder) : [];
  const files = names
    .filter((name) => name.endsWith(place.suffix))
    .slice(0, MOST_FILES)
    .map((name) => join(folder, name));
  const { declared, problem } =
    place.roleList !== null
      ? await declaredIn(join(dirname(folder), place.roleList), isOurs)
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

/** The files that Codex's configuration gives roles, by path, with the role's name; and what is wrong with it. */
async function declaredIn(
  config: string,
  isOurs: (path: string) => Promise<boolean>,
): Promise<{ readonly declared: Map<string, string>; readonly problem: string | null }> {
  const declared = new Map<string, string>();
  const content = (await isOurs(config)) ? await readText(config) : null;
  if (content === null || !/^\s*\[agents\b/m.test(content)) {
    return { declared, problem: null };
  }
  // With its parser only where it speaks of roles.
  const { readCodexConfig } = await import('../../agents/definitions/read-codex.ts');
  const read = readCodexConfig(content);
  if (!read.ok) {
    return { declared, problem: `${read.failure.line}: ${read.failure.message}` };
  }
  for (const { name, file } of read.value) {
    const path = resolve(dirname(config), file);
    if (await isOurs(path)) {
      declared.set(path, name);
    }
  }
  return { declared, problem: null };
}
