import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { AttemptLaunch, Launcher } from '../../engine/contract/ports.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { type Result, success } from '../../shared/result.ts';

const launchOverSchema = z.object({ dir: z.string() });

/**
 * Starts attempts in one runner host, which is started with the first of them. The host lives in a session of its own:
 * a Ctrl-C in the terminal does not reach it, and if this process is killed it finishes what it holds and then ends.
 */
export class RunnerHostLauncher implements Launcher, Disposable {
  readonly #runner: readonly string[];
  readonly #cwd: string;
  readonly #hints = new Emitter<string>();
  readonly #losses = new Emitter<string>();
  readonly #running = new Set<string>();
  #host: ChildProcessWithoutNullStreams | null = null;

  readonly onHint = this.#hints.subscribe;
  readonly onLost = this.#losses.subscribe;

  /** `runner`: program and arguments of our runner; `cwd`: an absolute path that goes on existing. */
  constructor(runner: readonly string[], cwd: string) {
    this.#runner = runner;
    this.#cwd = cwd;
  }

  launch({ directory, hashes }: AttemptLaunch): Promise<Result<void, string>> {
    this.#host ??= this.#start();
    this.#running.add(directory);
    this.#host.stdin.write(`${JSON.stringify({ dir: directory, ...hashes })}\n`);
    return Promise.resolve(success(undefined));
  }

  /** Has the host end everything that it holds, without the way through the journal. */
  stop(): void {
    this.#host?.kill('SIGTERM');
  }

  /** Nothing more will be launched: the host ends once it holds nothing any more, and nobody waits for it. */
  dispose(): void {
    const host = this.#host;
    this.#host = null;
    host?.stdin.end();
    host?.stdout.destroy();
    host?.stderr.destroy();
    host?.unref();
  }

  #start(): ChildProcessWithoutNullStreams {
    const [program = process.execPath, ...args] = this.#runner;
    const host = spawn(program, [...args, '--host'], {
      cwd: this.#cwd,
      detached: true,
      stdio: 'pipe',
      windowsHide: true,
    });
    createInterface({ input: host.stdout }).on('line', (line) => {
      this.#over(line);
    });
    // Not inherited: whoever reads our output until its end must not wait for a host that outlives us.
    host.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    const gone = (): void => {
      // One that cannot be started ends with a code, and would end again.
      this.#gone(host, host.signalCode !== null ? this.#losses : this.#hints);
    };
    host.stdin.on('error', () => undefined);
    host.once('error', gone).once('exit', gone);
    return host;
  }

  #over(line: string): void {
    const directory = directoryIn(line);
    if (directory !== null) {
      this.#running.delete(directory);
      this.#hints.fire(directory);
    }
  }

  /** It was killed, or could not be started: every attempt of it is to be looked after. */
  #gone(host: ChildProcessWithoutNullStreams, tell: Emitter<string>): void {
    if (this.#host !== host) {
      return;
    }
    this.#host = null;
    const left = [...this.#running];
    this.#running.clear();
    for (const directory of left) {
      tell.fire(directory);
    }
  }
}

function directoryIn(line: string): string | null {
  try {
    const parsed = launchOverSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data.dir : null;
  } catch {
    return null;
  }
}
