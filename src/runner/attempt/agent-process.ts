import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { attemptMarker } from '../../store/attempts/attempt-marker.ts';
import { errorCode } from '../../system/error-code.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { endTree } from '../../system/processes/end-tree.ts';
import type { LeftoverFinder } from '../../system/processes/leftover-finder.ts';
import type { Marker } from '../../system/processes/marked-processes.ts';
import type { TreeOptions } from '../../system/processes/process-tree.ts';
import { cleanedEnvironment, resolveCommand, spawnCommand } from '../../system/spawn.ts';

/** How the agent's main process ended. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly spawnError: string | null;
}

/** After all processes have ended, buffered output may still arrive; this much silence, ms, means there is no more. */
const SILENCE_MS = 1000;

/** Receives output. If `output` returns `false`, it receives no more until `resume`. */
export interface OutputSink {
  output(chunk: Buffer, stream: 'stdout' | 'stderr'): boolean;
}

/** The agent's process with all its descendants. */
export class AgentProcess {
  readonly #child: ChildProcess | null;
  readonly #finder: LeftoverFinder;
  readonly #tree: { readonly marker: Marker; readonly graceMs: number };
  /** Resolves when the main process has ended or could not be started. */
  readonly exited: Promise<Exit>;
  readonly #closed: Promise<void>;
  #hasExited = false;
  #lastOutput = 0;

  /** Starts the agent; its output waits for `read`. Does not throw: a failed start is an exit with a `spawnError`. */
  static async start(spec: AttemptSpec, finder: LeftoverFinder): Promise<AgentProcess> {
    finder.started();
    const ownsTerminal = spec.stdin === 'terminal';
    const started = await spawnCommand(spec.command, {
      cwd: spec.cwd,
      env: agentEnvironment(spec),
      stdio: ownsTerminal
        ? 'inherit'
        : [spec.stdin === 'closed' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      foreground: ownsTerminal,
    });
    return started.ok
      ? new AgentProcess(spec, finder, started.value, null)
      : new AgentProcess(spec, finder, null, started.failure);
  }

  private constructor(
    spec: AttemptSpec,
    finder: LeftoverFinder,
    child: ChildProcess | null,
    error: Error | null,
  ) {
    this.#child = child;
    this.#finder = finder;
    this.#tree = { marker: attemptMarker(spec), graceMs: spec.limits.graceMs };
    if (child === null) {
      this.#hasExited = true;
      this.exited = Promise.resolve(spawnFailure(spec, error));
      this.#closed = Promise.resolve();
      return;
    }
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit): void => {
        this.#hasExited = true;
        resolve(exit);
      };
      child.once('exit', (exitCode, signal) => end({ exitCode, signal, spawnError: null }));
      child.once('error', (reason) => {
        // Later errors (a signal that could not be sent) do not mean that the process ended.
        if (child.pid === undefined) {
          end(spawnFailure(spec, reason));
        }
      });
    });
    this.#closed = new Promise((resolve) => child.once('close', () => resolve()));
    // An agent may end without reading its input.
    child.stdin?.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get stdin(): ChildProcess['stdin'] {
    return this.#child?.stdin ?? null;
  }

  /** Starts to deliver its output. */
  read(sink: OutputSink): void {
    this.#read(this.#child?.stdout, 'stdout', sink);
    this.#read(this.#child?.stderr, 'stderr', sink);
  }

  pause(): void {
    this.#child?.stdout?.pause();
    this.#child?.stderr?.pause();
  }

  resume(): void {
    this.#child?.stdout?.resume();
    this.#child?.stderr?.resume();
  }

  /** Ends all its processes, including the main process; resolves when they have verifiably ended. */
  async end(onStubborn: (pids: readonly number[]) => void): Promise<void> {
    if (this.pid === undefined) {
      return;
    }
    await endTree({ ...this.#treeOptions(), graceMs: this.#tree.graceMs, onStubborn });
  }

  /** Ends the descendants that an exited main process left running. The check for the usual case, none, is cheap. */
  async endLeftovers(onStubborn: (pids: readonly number[]) => void): Promise<void> {
    const { pid } = this;
    if (pid === undefined || !(await this.#finder.hasLeftovers(pid, this.#tree.marker))) {
      return;
    }
    await this.end(onStubborn);
  }

  /** Resolves once all output has been delivered. Call it after all processes have ended. */
  async drained(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    this.#lastOutput = monotonicMs();
    const silent = new Promise<void>((resolve) => {
      timer = setInterval(() => {
        if (monotonicMs() - this.#lastOutput > SILENCE_MS) {
          resolve();
        }
      }, SILENCE_MS / 4);
    });
    await Promise.race([this.#closed, silent]);
    clearInterval(timer);
    // An unrelated process may have inherited the pipes and hold them open.
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
    this.#child?.stdin?.destroy();
    this.#finder.ended();
  }

  #treeOptions(): TreeOptions {
    const pid = this.pid;
    return {
      root: pid === undefined || this.#hasExited ? null : { pid, start: null },
      marker: this.#tree.marker,
      processGroup: pid,
    };
  }

  #read(stream: Readable | null | undefined, name: 'stdout' | 'stderr', sink: OutputSink): void {
    stream?.on('error', () => undefined);
    stream?.on('data', (chunk: Buffer) => {
      this.#lastOutput = monotonicMs();
      if (!sink.output(chunk, name)) {
        this.pause();
      }
    });
  }
}

function spawnFailure(spec: AttemptSpec, error: Error | null): Exit {
  return { exitCode: null, signal: null, spawnError: spawnWords(spec, error) };
}

/** Explains a failed start. The platform reports a missing folder as a missing program, so this checks the folder. */
function spawnWords({ command, cwd }: AttemptSpec, error: Error | null): string {
  const program = `\`${resolveCommand(command).file}\``;
  const code = errorCode(error);
  if (code === 'EACCES') {
    return t('{0} may not be executed', program);
  }
  if (code !== 'ENOENT') {
    return error?.message ?? t('unknown error');
  }
  return existsSync(cwd)
    ? t('{0} was not found', program)
    : t('the folder {0} does not exist', cwd);
}

/** Cached: reading the process's environment is slow, and a host starts hundreds of agents. */
let ownEnvironment: NodeJS.ProcessEnv | undefined;

/**
 * The agent's environment: that of this process without VS Code's own variables, plus the attempt's. The variables that
 * identify its processes come last, so that no attempt can pose as another.
 */
function agentEnvironment(spec: AttemptSpec): NodeJS.ProcessEnv {
  ownEnvironment ??= cleanedEnvironment(process.env);
  return {
    ...ownEnvironment,
    ...spec.env,
    PARALLEL_GROUPS_GROUP: spec.group,
    ...attemptMarker(spec),
  };
}
