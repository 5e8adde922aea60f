import { findExecutable } from './find-executable.ts';

/** Returns the absolute path of a program, `null` if not found; looks each program up once. */
export type FindProgram = (name: string) => Promise<string | null>;

/** Creates a `FindProgram` for one environment that caches its results. */
export function programFinder(env: NodeJS.ProcessEnv): FindProgram {
  const known = new Map<string, Promise<string | null>>();
  return (name) => {
    const found = known.get(name) ?? findExecutable(name, env);
    known.set(name, found);
    return found;
  };
}
