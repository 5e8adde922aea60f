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
import { type ModelStep, scriptWord, type ToldStep } from './script.ts';

const PLAN = 'tasks.md';

/** A command line that was started. */
export interface StartedCommand {
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean };
  readonly ended: Promise<{ readonly exitCode?: number | undefined; readonly stdout: string }>;
}

/** A repository with a plan whose tasks tell the model what to do, a home of its own, and real agents on the path. */
export class AgentWorkspace {
  readonly root: string;
  /** In the environment of everything that is started here, and of nothing else. */
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

  configure(config: ConfigFile): void {
    writeFileSync(this.file('parallel-groups.json'), JSON.stringify(config, null, 2));
  }

  /**
   * Commits a plan of the group `G`: T1, T2, …, each with its title, which may carry markers, and what the model is to
   * do for it.
   */
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

  /** Runs the group by the command line. */
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
