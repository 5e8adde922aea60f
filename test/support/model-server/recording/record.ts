import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { eventually } from '../../eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../temp-directory.ts';
import { SetupError } from '../../vscode/setup-error.ts';
import type { RealClient } from '../clients/real-client.ts';
import {
  clientEnvironment,
  type EndedTurn,
  type Session,
  type StartedTurn,
  startTurn,
} from '../clients/start-client.ts';
import { type ModelServer, startModelServer } from '../model-server.ts';
import { type ModelStep, scriptWord } from '../script.ts';
import { casesOf, type RecordedCase } from './cases.ts';
import { Normaliser } from './normalise.ts';

/** Time limit for a client's first request, ms. */
const LIMIT_MS = 120_000;
/** Time limit for a turn, ms: a client that asks again for minutes is not a recording. */
const TURN_LIMIT_MS = 180_000;

/** The output of a client in a case, and how it ended, without anything specific to this machine or time. */
export interface Recording {
  readonly name: string;
  /** Lines of standard output. */
  readonly lines: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last line of standard error if it failed; empty otherwise, because it is not relevant then. */
  readonly lastLine: string;
}

/** Records a client in every case, one after another, and reports each as soon as it is done. */
export async function record(
  client: RealClient,
  report: (recording: Recording, ended: EndedTurn) => void,
): Promise<void> {
  const model = await startModelServer();
  try {
    const names = casesOf(client, { workspace: '', outside: '' }).map(({ name }) => name);
    for (const name of names) {
      const scene = await Scene.open(client, model);
      try {
        const ended = await scene.play(name);
        report(scene.recordingOf(name, ended), ended);
      } finally {
        scene.dispose();
      }
    }
  } finally {
    await model.close();
  }
}

/** A repository and a home for one case. */
class Scene {
  readonly #client: RealClient;
  readonly #model: ModelServer;
  readonly #folder = temporaryDirectory();
  readonly #workspace = path.join(this.#folder, 'workspace');
  readonly #home = path.join(this.#folder, 'home');
  #env: Readonly<Record<string, string>> = {};

  private constructor(client: RealClient, model: ModelServer) {
    this.#client = client;
    this.#model = model;
  }

  static async open(client: RealClient, model: ModelServer): Promise<Scene> {
    const scene = new Scene(client, model);
    mkdirSync(scene.#workspace);
    writeFileSync(path.join(scene.#workspace, 'README.md'), '# A workspace\n');
    await execa('git', ['init', '-q'], { cwd: scene.#workspace });
    scene.#env = await clientEnvironment([client], scene.#home, model.url);
    return scene;
  }

  async play(name: string): Promise<EndedTurn> {
    const places = { workspace: this.#workspace, outside: this.#folder };
    const found = casesOf(this.#client, places).find((each) => each.name === name);
    if (found === undefined) {
      throw new Error(`There is no case ${name}.`);
    }
    let session: Session = { id: crypto.randomUUID(), resumed: false };
    if (found.before !== undefined) {
      const first = await this.#endOf(
        name,
        await this.#start({ name, steps: found.before }, session),
      );
      session = { id: sessionIn(first.stdout) ?? session.id, resumed: true };
    }
    const turn = await this.#start(found, session);
    if (found.interrupted === true) {
      await this.#interrupt(turn);
    }
    return this.#endOf(name, turn);
  }

  /** The end of a turn. A turn that takes too long is killed and throws. */
  async #endOf(name: string, turn: StartedTurn): Promise<EndedTurn> {
    const limit = AbortSignal.timeout(TURN_LIMIT_MS);
    limit.addEventListener('abort', () => turn.signal('SIGKILL'));
    const ended = await turn.ended;
    if (limit.aborted) {
      const { id, title } = this.#client;
      throw new SetupError(
        `${title} did not end within ${TURN_LIMIT_MS / 1000} s in the case "${name}". If it asks the model again and again, turn its retries off in \`settings\` of clients/${id}.ts. It printed: ${ended.stdout.slice(-2000)}${ended.stderr.slice(-2000)}`,
      );
    }
    return ended;
  }

  recordingOf(name: string, { stdout, stderr, exitCode, signal }: EndedTurn): Recording {
    const normaliser = new Normaliser({
      [this.#workspace]: '/home/user/project',
      [this.#home]: '/home/user',
      [this.#folder]: '/home/user',
    });
    const lines = stdout.split(/\r?\n/).filter((line) => line !== '');
    const last = exitCode === 0 ? '' : (stderr.trimEnd().split(/\r?\n/).at(-1) ?? '');
    return {
      name,
      lines: lines.map((line) => normaliser.line(line)),
      exitCode,
      signal,
      lastLine: normaliser.line(last),
    };
  }

  dispose(): void {
    removeDirectory(this.#folder);
  }

  #start(asked: RecordedCase, session: Session): Promise<StartedTurn> {
    return startTurn({
      client: this.#client,
      cwd: this.#workspace,
      env: this.#env,
      session,
      prompt: promptOf(asked.steps),
      args: asked.args ?? [],
    });
  }

  async #interrupt(turn: StartedTurn): Promise<void> {
    await eventually('the model hangs', () => this.#model.hanging() > 0, LIMIT_MS);
    turn.signal('SIGINT');
  }
}

function promptOf(steps: readonly ModelStep[]): string {
  return `Do what the script says. ${scriptWord(...steps)}\n`;
}

/** Clients that accept no id from us report their own. */
function sessionIn(stdout: string): string | undefined {
  return /"(?:thread_id|sessionID)":"([^"]+)"/.exec(stdout)?.[1];
}
