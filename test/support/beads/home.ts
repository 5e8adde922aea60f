import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'HOME',
  'USERPROFILE',
  'XDG_CONFIG_HOME',
  'GIT_CONFIG_NOSYSTEM',
  'BEADS_ACTOR',
  'BD_DISABLE_METRICS',
  'BD_DISABLE_EVENT_FLUSH',
  'TMPDIR',
] as const;

/** Gives programs that start from now on an empty home and temporary folder below `root`; returns a function that undoes it. */
export function useEmptyHome(root: string): () => void {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  process.env.HOME = home;
  process.env.USERPROFILE = home;
  process.env.XDG_CONFIG_HOME = join(home, '.config');
  process.env.GIT_CONFIG_NOSYSTEM = '1';
  process.env.BD_DISABLE_METRICS = '1';
  process.env.BD_DISABLE_EVENT_FLUSH = '1';
  // bd keeps a file about unreachable servers in the temporary folder.
  process.env.TMPDIR = join(root, 'tmp');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  delete process.env.BEADS_ACTOR;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  };
}
