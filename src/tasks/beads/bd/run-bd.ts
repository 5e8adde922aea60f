import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../../system/error-code.ts';
import { endTree } from '../../../system/processes/end-tree.ts';
import { cleanedEnvironment, spawnCommand } from '../../../system/spawn.ts';

const MEBIBYTE = 1024 * 1024;
/** More than any real tracker prints; the limit stops a program with endless output from filling the memory. */
const MAX_OUTPUT_BYTES = 64 * MEBIBYTE;
/** Time between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 500;
/** Maximum wait for a process tree to end, or for output that another process holds open, ms. */
const PATIENCE_MS = 3000;

/** The outcome of one `bd` call. */
export type BdOutcome =
  | {
      readonly kind: 'ended';
      /** `null` if a signal ended it. */
      readonly exitCode: number | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** The program does not exist. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-started'; readonly why: string }
  /** The call exceeded `limitMs`; bd and all processes that it started were ended. */
  | { readonly kind: 'too-slow'; readonly limitMs: number }
  | { readonly kind: 'too-much' };

/** One `bd` call. */
export interface BdCall {
  /** A name on the `PATH`, or an absolute path. */
  readonly bd: string;
  readonly args: readonly string[];
  /** The existing folder that contains `.beads`; absolute. */
  readonly cwd: string;
  readonly limitMs: number;
}

/**
 * Variables that redirect bd, or the git that it calls, away from its working directory, or change its output format.
 * Git hooks and tools that run several trackers set them.
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

/** Runs `bd` without a shell and ends it at the time limit of the call. */
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
  const env = cleanedEnvironment(process.env, {
    BD_NON_INTERACTIVE: '1',
    NO_COLOR: '1',
    // bd counts and sends the commands that a person uses; ours are none, and the sender would outlive the call.
    BD_DISABLE_METRICS: '1',
    BD_DISABLE_EVENT_FLUSH: '1',
  });
  return Object.fromEntries(Object.entries(env).filter(([name]) => !REDIRECTIONS.has(name)));
}

function watch(child: ChildProcess, limitMs: number): Promise<BdOutcome> {
  return new Promise((resolve) => {
    let aborted = false;
    const settle = (outcome: BdOutcome): void => {
      clearTimeout(limit);
      if (!aborted) {
        resolve(outcome);
      }
    };
    const abort = (outcome: BdOutcome): void => {
      clearTimeout(limit);
      aborted = true;
      void endProcesses(child).then(() => {
        resolve(outcome);
      });
    };
    const limit = setTimeout(() => {
      abort({ kind: 'too-slow', limitMs });
    }, limitMs);
    const output = new Output(child, () => {
      abort({ kind: 'too-much' });
    });
    const onClose = (): void => {
      settle({ kind: 'ended', exitCode: child.exitCode, ...output.texts() });
    };
    child.once('error', (error) => {
      settle(startFailure(error));
    });
    child.once('close', onClose);
    // A server that bd started may outlive it and hold its output open.
    child.once('exit', () => setTimeout(onClose, PATIENCE_MS).unref());
  });
}

function startFailure(error: Error): BdOutcome {
  return errorCode(error) === 'ENOENT'
    ? { kind: 'missing' }
    : { kind: 'not-started', why: error.message };
}

/** Ends bd and everything that it started, without waiting for processes that cannot be ended. */
async function endProcesses(child: ChildProcess): Promise<void> {
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

/** Buffers the output of a program up to the limit. */
class Output {
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #remainingBytes = MAX_OUTPUT_BYTES;

  constructor(child: ChildProcess, overflow: () => void) {
    const collect = (stream: Readable | null, chunks: Buffer[]): void => {
      stream?.on('data', (chunk: Buffer) => {
        if (this.#remainingBytes < 0) {
          return;
        }
        this.#remainingBytes -= chunk.length;
        if (this.#remainingBytes < 0) {
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
