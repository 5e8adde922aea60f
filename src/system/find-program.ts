import { findExecutable } from './find-executable.ts';

/** Looks programs up, each once. */
export type FindProgram = (name: string) => Promise<string | null>;

/** A `FindProgram` for one environment that remembers what it found. */
export function programFinder(env: NodeJS.ProcessEnv): FindProgram {
  const known = new Map<string, Promise<string | null>>();
  return (name) => {
    const found = known.get(name) ?? findExecutable(name, env);
    known.set(name, found);
    return found;
  };
}
