import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtCli } from './built-cli.ts';
import { removeDirectory, temporaryDirectory } from './temp-directory.ts';

/** A running command line, with its output so far. */
export interface StartedCli {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly done: Promise<FinishedCli>;
}

/** A command line that has ended: exit code or signal, and its output. */
export interface FinishedCli {
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with its own git repository and user storage, for real runs of the command line. */
export class CliWorkspace {
  readonly root: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #program: () => Promise<string>;
  readonly #started = new Set<ChildProcess>();

  /**
   * `files`: paths relative to the workspace with their content; the constructor commits them. `env`: changes of the
   * environment. `program`: returns the path of the command line.
   */
  constructor(
    files: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    program = builtCli,
  ) {
    this.#env = env;
    this.#program = program;
    this.#folder = temporaryDirectory();
    this.root = join(this.#folder, 'workspace');
    mkdirSync(this.root);
    for (const [path, text] of Object.entries(files)) {
      this.write(path, text);
    }
    const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: this.root });
    git('init', '--quiet');
    git('add', '--all');
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
    git(...author, 'commit', '--quiet', '--allow-empty', '--message', 'plan');
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Returns the content of a file; empty if it does not exist. */
  read(path: string): string {
    const file = join(this.root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Runs the command line to its end, without input. */
  async run(...args: string[]): Promise<FinishedCli> {
    return (await this.start(...args)).done;
  }

  /** Like `run`, with `--json`; `json` is its standard output. */
  async json(...args: string[]): Promise<FinishedCli & { readonly json: unknown }> {
    const finished = await this.run(...args, '--json');
    const json: unknown = JSON.parse(finished.stdout);
    return { ...finished, json };
  }

  /** Starts the command line without input. */
  async start(...args: string[]): Promise<StartedCli> {
    const program = await this.#program();
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.root,
      env: {
        ...process.env,
        XDG_STATE_HOME: join(this.#folder, 'state'),
        NO_COLOR: '1',
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#started.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const done = new Promise<FinishedCli>((resolve) => {
      child.once('close', (code, signal) => {
        this.#started.delete(child);
        resolve({ exit: code ?? signal ?? 'unknown', stdout, stderr });
      });
    });
    return { child, stderr: () => stderr, done };
  }

  /** Ends processes that a failed test left running, and removes everything. */
  dispose(): void {
    for (const child of this.#started) {
      child.kill('SIGKILL');
    }
    removeDirectory(this.#folder);
  }
}
