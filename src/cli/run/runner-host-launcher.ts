import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { AttemptLaunch, Launcher } from '../../engine/contract/ports.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { type Result, success } from '../../shared/result.ts';

const launchOverSchema = z.object({ dir: z.string() });

/**
 * Starts attempts in one runner host, which starts with the first attempt. The host is detached: Ctrl-C in the terminal
 * does not reach it, and if this process is killed, the host finishes its attempts and then ends.
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

  /** `runner`: program and arguments of the runner; `cwd`: an absolute path that is not removed during the run. */
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

  /** Makes the host end all its attempts, without a request through the journal. */
  stop(): void {
    this.#host?.kill('SIGTERM');
  }

  /** Ends the launches. The host ends after its last attempt; this process does not wait for it. */
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
      this.#onLaunchOver(line);
    });
    // Not inherited: a reader of this process's output must not wait for a host that outlives it.
    host.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    const gone = (): void => {
      // A host that cannot start exits with a code; only a killed one counts as lost.
      this.#onHostGone(host, host.signalCode !== null ? this.#losses : this.#hints);
    };
    host.stdin.on('error', () => undefined);
    host.once('error', gone).once('exit', gone);
    return host;
  }

  #onLaunchOver(line: string): void {
    const directory = directoryIn(line);
    if (directory !== null) {
      this.#running.delete(directory);
      this.#hints.fire(directory);
    }
  }

  /** The host ended or could not start: reports each of its running attempts. */
  #onHostGone(host: ChildProcessWithoutNullStreams, emitter: Emitter<string>): void {
    if (this.#host !== host) {
      return;
    }
    this.#host = null;
    const left = [...this.#running];
    this.#running.clear();
    for (const directory of left) {
      emitter.fire(directory);
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
