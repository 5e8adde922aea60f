import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { spawnCommand } from './spawn.ts';

/**
 * Returns the absolute path of the program `name`, looked up as the platform does (`PATH`, on Windows `PATHEXT` too);
 * `null` if not found. A name with a path in it must be absolute. Ignores relative entries of `PATH`: they would let a
 * workspace substitute its own program for a known one.
 */
export async function findExecutable(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  if (isAbsolute(name)) {
    return firstExecutable(candidates(name, env));
  }
  if (name === '' || name.includes('/') || name.includes('\\')) {
    return null;
  }
  const directories = (pathOf(env) ?? '').split(delimiter).filter((each) => isAbsolute(each));
  return firstExecutable(
    directories.flatMap((directory) => candidates(join(directory, name), env)),
  );
}

/** Returns `PATH` in any spelling: Windows stores it as `Path`, and a copied environment is case-sensitive. */
function pathOf(env: NodeJS.ProcessEnv): string | undefined {
  const name = Object.keys(env).find((each) => each.toUpperCase() === 'PATH');
  return name === undefined ? undefined : env[name];
}

function candidates(path: string, env: NodeJS.ProcessEnv): string[] {
  if (process.platform !== 'win32') {
    return [path];
  }
  const extensions = (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD')
    .split(';')
    .filter((each) => each !== '');
  const complete = extensions.some((each) => path.toUpperCase().endsWith(each.toUpperCase()));
  // An npm shim without an extension is a shell script, which Windows cannot execute.
  return complete ? [path] : extensions.map((extension) => path + extension);
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) {
        return path;
      }
    } catch {
      // Not in this directory.
    }
  }
  return null;
}

/** Returns the output of `--version`, at most 1,000 UTF-16 units; empty if it cannot start or prints none in time. */
export async function askVersion(
  path: string,
  env: NodeJS.ProcessEnv,
  cwd: string,
  timeoutMs: number,
): Promise<string> {
  const child = await spawnCommand(
    { kind: 'argv', argv: [path, '--version'] },
    { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (!child.ok) {
    return '';
  }
  const { stdout } = child.value;
  return new Promise((resolve) => {
    let printed = '';
    const done = (): void => {
      clearTimeout(timer);
      stdout?.destroy();
      child.value.kill('SIGKILL');
      resolve(printed);
    };
    const timer = setTimeout(done, timeoutMs);
    stdout?.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(0, 1000)));
    child.value.once('error', done).once('close', done);
  });
}
