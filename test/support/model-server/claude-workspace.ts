import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { builtCli } from '../built-cli.ts';
import { removeDirectory, temporaryDirectory } from '../temp-directory.ts';
import type { ModelServer } from './model-server.ts';
import { claudeFolder } from './claude-code.ts';
import { type ModelStep, scriptWord, type ToldStep } from './script.ts';

const PLAN = 'tasks.md';
/** What a program of any platform needs of the environment; nothing of a person's own agent comes along. */
const KEPT = ['SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'TMPDIR'] as const;

/** A command line that was started. */
export interface StartedCommand {
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean };
  readonly ended: Promise<{ readonly exitCode?: number | undefined; readonly stdout: string }>;
}

/** A repository with a plan whose tasks tell the model what to do, and a home of its own. */
export class ClaudeWorkspace {
  readonly root: string;
  readonly #folder = temporaryDirectory();
  readonly #model: ModelServer;

  constructor(model: ModelServer) {
    this.#model = model;
    this.root = path.join(this.#folder, 'workspace');
    mkdirSync(this.root);
  }

  /** A path in the workspace. */
  file(name: string): string {
    return path.join(this.root, name);
  }

  /** A path beside the workspace. */
  outside(name: string): string {
    return path.join(this.#folder, name);
  }

  /** The plan as it is now. */
  plan(): string {
    return readFileSync(this.file(PLAN), 'utf8');
  }

  /** Commits a plan of the group `G`: T1, T2, …, each with its title and what the model is to do for it. */
  async commit(tasks: Readonly<Record<string, readonly (ModelStep | ToldStep)[]>>): Promise<void> {
    const lines = Object.entries(tasks).map(
      ([title, steps], index) =>
        `- [ ] T${index + 1} [P:Group-G] ${title}\n  ${scriptWord(...steps)}\n`,
    );
    writeFileSync(this.file(PLAN), `# Plan\n\n${lines.join('')}`);
    const git = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      [...git, 'commit', '-qm', 'The plan'],
    ]) {
      await execa('git', args, { cwd: this.root });
    }
  }

  /** Runs the group by the command line with the real Claude Code. */
  async execute(...options: readonly string[]): Promise<StartedCommand> {
    const kept = KEPT.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const programs = [await claudeFolder(), path.dirname(process.execPath), process.env.PATH ?? ''];
    const args = ['execute', '--group-id', 'G', '--yes', '--json', '--workspace', this.root];
    const running = execa(process.execPath, [await builtCli(), ...args, ...options], {
      reject: false,
      extendEnv: false,
      env: {
        ...Object.fromEntries(kept),
        PATH: programs.join(path.delimiter),
        HOME: this.outside('home'),
        USERPROFILE: this.outside('home'),
        XDG_STATE_HOME: this.outside('state'),
        ANTHROPIC_BASE_URL: this.#model.url,
        ANTHROPIC_API_KEY: 'test-key',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
        CLAUDE_CODE_MAX_RETRIES: '0',
      },
    });
    return { process: running, ended: running };
  }

  dispose(): void {
    removeDirectory(this.#folder);
  }
}
