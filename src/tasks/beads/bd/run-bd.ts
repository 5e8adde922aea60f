import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../../system/error-code.ts';
import { endTree } from '../../../system/processes/end-tree.ts';
import { cleanedEnvironment, spawnCommand } from '../../../system/spawn.ts';

const MEBIBYTE = 1024 * 1024;
/** More than any tracker that people use prints; a program that never stops printing must not fill the memory. */
const MAX_OUTPUT_BYTES = 64 * MEBIBYTE;
/** Between asking to end and ending, ms. */
const GRACE_MS = 500;
/** How long a tree that does not end, or output that somebody else holds open, is waited for, ms. */
const PATIENCE_MS = 3000;

/** What became of one call of `bd`. */
export type BdOutcome =
  | {
      readonly kind: 'ended';
      /** `null`: a signal ended it. */
      readonly exitCode: number | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** There is no such program. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-started'; readonly why: string }
  /** It took longer than `limitMs`, and was ended with all that it had started. */
  | { readonly kind: 'too-slow'; readonly limitMs: number }
  | { readonly kind: 'too-much' };

/** How `bd` is called. */
export interface BdCall {
  /** A name on the `PATH`, or an absolute path. */
  readonly bd: string;
  readonly args: readonly string[];
  /** The folder that holds `.beads`; absolute, and there. */
  readonly cwd: string;
  readonly limitMs: number;
}

/**
 * Variables that would lead bd, or the git that it asks, to another place than the folder it is started in, or change
 * the shape of what it prints. Set in git hooks, and by tools that run several trackers.
 */
const REDIRECTIONS: ReadonlySet<string> = new Set([
  'BEADS_DIR',
  'BEADS_DB',
  'BD_DB',
  'BD_JSON_ENVELOPE',
  'BD_GIT_HOOK',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
]);

/** Runs `bd` with these arguments, never through a shell, and never for longer than its time limit. */
export async function runBd(call: BdCall): Promise<BdOutcome> {
  const started = await spawnCommand(
    { kind: 'argv', argv: [call.bd, ...call.args] },
    { cwd: call.cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return started.ok
    ? watch(started.value, call.limitMs)
    : { kind: 'not-started', why: started.failure.message };
}

function environment(): NodeJS.ProcessEnv {
  const env = cleanedEnvironment(process.env, { BD_NON_INTERACTIVE: '1', NO_COLOR: '1' });
  return Object.fromEntries(Object.entries(env).filter(([name]) => !REDIRECTIONS.has(name)));
}

function watch(child: ChildProcess, limitMs: number): Promise<BdOutcome> {
  return new Promise((resolve) => {
    let givenUp = false;
    const settle = (outcome: BdOutcome): void => {
      clearTimeout(limit);
      if (!givenUp) {
        resolve(outcome);
      }
    };
    const giveUp = (outcome: BdOutcome): void => {
      clearTimeout(limit);
      givenUp = true;
      void ended(child).then(() => {
        resolve(outcome);
      });
    };
    const limit = setTimeout(() => {
      giveUp({ kind: 'too-slow', limitMs });
    }, limitMs);
    const output = new Output(child, () => {
      giveUp({ kind: 'too-much' });
    });
    const done = (): void => {
      settle({ kind: 'ended', exitCode: child.exitCode, ...output.texts() });
    };
    child.once('error', (error) => {
      settle(unstarted(error));
    });
    child.once('close', done);
    // A server that bd left behind may hold its output open.
    child.once('exit', () => setTimeout(done, PATIENCE_MS).unref());
  });
}

function unstarted(error: Error): BdOutcome {
  return errorCode(error) === 'ENOENT'
    ? { kind: 'missing' }
    : { kind: 'not-started', why: error.message };
}

/** Ends everything that bd started, but waits for nobody who cannot be ended. */
async function ended(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  const ending = endTree({
    root: child.exitCode === null && child.signalCode === null ? { pid, start: null } : null,
    marker: null,
    processGroup: pid,
    graceMs: GRACE_MS,
    signals: ['SIGTERM', 'SIGKILL'],
  });
  await Promise.race([ending, delay(PATIENCE_MS, undefined, { ref: false })]);
}

/** Gathers what a program says, up to the limit. */
class Output {
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #room = MAX_OUTPUT_BYTES;

  constructor(child: ChildProcess, overflow: () => void) {
    const collect = (stream: Readable | null, chunks: Buffer[]): void => {
      stream?.on('data', (chunk: Buffer) => {
        if (this.#room < 0) {
          return;
        }
        this.#room -= chunk.length;
        if (this.#room < 0) {
          overflow();
        } else {
          chunks.push(chunk);
        }
      });
    };
    collect(child.stdout, this.#stdout);
    collect(child.stderr, this.#stderr);
  }

  texts(): { readonly stdout: string; readonly stderr: string } {
    return {
      stdout: Buffer.concat(this.#stdout).toString('utf8'),
      stderr: Buffer.concat(this.#stderr).toString('utf8'),
    };
  }
}
