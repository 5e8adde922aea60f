import * as z from 'zod/mini';
import { type Folder, openFolder } from './folder.ts';

const manifestSchema = z.object({
  scripts: z.optional(z.record(z.string(), z.unknown())),
  packageManager: z.optional(z.string()),
});

type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCK_FILES: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/**
 * Returns the argv that runs the `test` script of package.json, or `null` if there is none or only the placeholder of
 * `npm init`.
 */
export async function packageScript(folder: Folder): Promise<readonly string[] | null> {
  const manifest = manifestSchema.safeParse(parsed(await folder.read('package.json')));
  if (!manifest.success) {
    return null;
  }
  const script = manifest.data.scripts?.test;
  if (typeof script !== 'string' || script.trim() === '') {
    return null;
  }
  if (script.includes('no test specified')) {
    return null;
  }
  const manager = managerOf(manifest.data.packageManager, folder);
  // `bun test` starts Bun's own runner, not the script.
  return manager === 'bun' ? ['bun', 'run', 'test'] : [manager, 'test'];
}

/**
 * Returns the command lines of all scripts in package.json whose names begin with `test`: they may name report files.
 */
export async function testScripts(workspaceRoot: string): Promise<readonly string[]> {
  const folder = await openFolder(workspaceRoot);
  const manifest = manifestSchema.safeParse(parsed(await folder.read('package.json')));
  const scripts = manifest.success ? Object.entries(manifest.data.scripts ?? {}) : [];
  return scripts.flatMap(([name, line]) =>
    name.startsWith('test') && typeof line === 'string' ? [line] : [],
  );
}

function managerOf(declared: string | undefined, folder: Folder): PackageManager {
  const name = /^(npm|pnpm|yarn|bun)@/.exec(declared ?? '')?.[1];
  if (name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun') {
    return name;
  }
  return LOCK_FILES.find(([file]) => folder.has(file))?.[1] ?? 'npm';
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
