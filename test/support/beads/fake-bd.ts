import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that replaces bd, for behaviour that the real one does not show on demand. */
export interface FakeBd {
  /** Absolute path of the program. */
  readonly path: string;
  /** Returns the commands that it was called with (`list`, `close`, …), in order. */
  calls(): readonly string[];
  /** Replaces its behaviour from now on; `script` is the body of a function of `args`, an array of strings. */
  become(script: string): void;
}

/** Writes the program below `root`, and a `.beads` folder like bd's own. */
export function fakeBd(root: string, script: string): FakeBd {
  const path = join(root, 'fake-bd.mjs');
  const log = join(root, 'fake-bd.log');
  const become = (body: string): void => {
    writeFileSync(
      path,
      `#!${process.execPath}
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, args[0] + '\\n');
const print = (value) => process.stdout.write(JSON.stringify(value));
${body}
`,
    );
    chmodSync(path, 0o755);
  };
  become(script);
  mkdirSync(join(root, '.beads'), { recursive: true });
  writeFileSync(join(root, '.beads', 'metadata.json'), '{"dolt_mode":"server"}');
  return {
    path,
    become,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
