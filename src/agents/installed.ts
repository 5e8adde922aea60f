import { homedir } from 'node:os';
import { stat } from 'node:fs/promises';
import { askVersion, findExecutable } from './detect.ts';

/** A coding agent's program that is installed on this machine. */
export interface InstalledProgram {
  /** What it is called in plans: `claude`, `codex`, … */
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly path: string;
  /** `2.1.329`; `null` if it does not say. */
  readonly version: string | null;
}

/** The programs that are looked for. */
const PROGRAMS: readonly (readonly [id: string, title: string])[] = [
  ['claude', 'Claude Code'],
  ['codex', 'Codex'],
  ['gemini', 'Gemini CLI'],
  ['opencode', 'OpenCode'],
  ['copilot', 'Copilot CLI'],
];

/** How long a program may take to say its version, ms. */
const VERSION_LIMIT_MS = 10_000;

/** By path and time of its last change: a program is asked again only once it is another. */
const versions = new Map<string, Promise<string | null>>();

/**
 * The coding agents that are installed, each asked for its version, all at the same time. They are programs of the
 * user's own `PATH`, started outside of any workspace. `claudePath`: a name or an absolute path.
 */
export async function findInstalled(
  claudePath: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<InstalledProgram[]> {
  const found = await Promise.all(
    PROGRAMS.map(async ([id, title]) => {
      const path = await findExecutable(id === 'claude' ? claudePath : id, env);
      return path === null ? null : { id, title, path, version: await versionOf(path, env) };
    }),
  );
  return found.filter((program) => program !== null);
}

async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const { mtimeMs, size } = await stat(path);
  const key = `${path}\n${String(mtimeMs)}\n${String(size)}`;
  const known =
    versions.get(key) ??
    askVersion(path, env, homedir(), VERSION_LIMIT_MS).then(
      (printed) => /\d+\.\d+\.\d+/.exec(printed)?.[0] ?? null,
    );
  versions.set(key, known);
  return known;
}
