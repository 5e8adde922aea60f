import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { ConfigFile } from '../../../src/coordinator/schema/config.ts';
import type { Marker } from '../../../src/system/processes/marked-processes.ts';
import { builtCli } from '../built-cli.ts';
import { removeDirectory, temporaryDirectory } from '../temp-directory.ts';
import type { RealClient } from './clients/real-client.ts';
import { clientEnvironment, startTurn } from './clients/start-client.ts';
import type { ModelServer } from './model-server.ts';
import { type ModelStep, type ScriptedStep, scriptWord } from './script.ts';

const PLAN = 'tasks.md';

/** A started command line. */
export interface StartedCommand {
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean };
  readonly ended: Promise<{ readonly exitCode?: number | undefined; readonly stdout: string }>;
}

/**
 * A repository with a plan whose tasks contain instructions for the model, a separate home, and real agents on the
 * path.
 */
export class AgentWorkspace {
  readonly root: string;
  /** Environment variable of all processes that start here, and of no others. */
  readonly marker: Marker = { PARALLEL_GROUPS_TEST: crypto.randomUUID() };
  readonly #folder = temporaryDirectory();
  readonly #clients: readonly RealClient[];
  readonly #model: ModelServer;

  constructor(model: ModelServer, ...clients: readonly RealClient[]) {
    this.#model = model;
    this.#clients = clients;
    this.root = path.join(this.#folder, 'workspace');
    mkdirSync(this.root);
  }

  /** Returns a path in the workspace. */
  file(name: string): string {
    return path.join(this.root, name);
  }

  /** Returns a path beside the workspace. */
  outside(name: string): string {
    return path.join(this.#folder, name);
  }

  /** Returns the current text of the plan. */
  plan(): string {
    return readFileSync(this.file(PLAN), 'utf8');
  }

  configure(config: ConfigFile): void {
    writeFileSync(this.file('parallel-groups.json'), JSON.stringify(config, null, 2));
  }

  /**
   * Commits a plan of the group `G`: T1, T2, …, each with its title, which may contain markers, and the model's script
   * for it.
   */
  async commit(
    tasks: Readonly<Record<string, readonly (ModelStep | ScriptedStep)[]>>,
  ): Promise<void> {
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

  /** Runs the group with the command line. */
  async execute(...options: readonly string[]): Promise<StartedCommand> {
    const args = ['execute', '--group-id', 'G', '--yes', '--json', '--workspace', this.root];
    const settings = await clientEnvironment(this.#clients, this.outside('home'), this.#model.url);
    const first = this.#clients.filter(({ startsAloneFirst }) => startsAloneFirst === true);
    for (const client of first) {
      await this.#startAlone(client, settings);
    }
    const running = execa(process.execPath, [await builtCli(), ...args, ...options], {
      reject: false,
      extendEnv: false,
      env: { ...settings, ...this.marker, XDG_STATE_HOME: this.outside('state') },
    });
    return { process: running, ended: running };
  }

  async #startAlone(client: RealClient, env: Readonly<Record<string, string>>): Promise<void> {
    const session = { id: crypto.randomUUID(), resumed: false };
    const prompt = scriptWord({ do: 'text', text: 'Here I am.' });
    await (
      await startTurn({ client, cwd: this.root, env, session, prompt })
    ).ended;
  }

  dispose(): void {
    removeDirectory(this.#folder);
  }
}
