import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { AGENTS, conversationFormat } from '../../../../src/agents/registry.ts';
import { endTree } from '../../../../src/system/processes/end-tree.ts';
import { ProcessTree } from '../../../../src/system/processes/process-tree.ts';
import { spawnCommand } from '../../../../src/system/spawn.ts';
import { stepVariable } from '../../processes.ts';
import { clientFolder, type RealClient } from './real-client.ts';

/** The environment variables that a program needs on any platform; excludes everything of the user's own agents. */
const KEPT = ['SystemRoot', 'ComSpec', 'PATHEXT', stepVariable] as const;

/**
 * Returns the environment of a user with only `clients` on the path, an empty `home`, and the model at `url`. Clients
 * leave files in the temporary folder, so it is in `home`; its name is short because paths of sockets have a limit.
 */
export async function clientEnvironment(
  clients: readonly RealClient[],
  home: string,
  url: string,
): Promise<Record<string, string>> {
  const temporary = path.join(home, 't');
  mkdirSync(temporary, { recursive: true });
  const kept = KEPT.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const programs = await Promise.all(clients.map(clientFolder));
  const searched = [...programs, path.dirname(process.execPath), process.env.PATH ?? ''];
  return {
    ...Object.fromEntries(kept),
    PATH: searched.join(path.delimiter),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    ...Object.fromEntries(clients.flatMap((each) => Object.entries(each.settings(home, url)))),
  };
}

/** The session of a turn. The `id` of a new one is a suggestion: not every client uses it. */
export interface Session {
  readonly id: string;
  readonly resumed: boolean;
}

/** One turn of a client by itself, started as the product starts it. */
export interface Turn {
  readonly client: RealClient;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly session: Session;
  readonly prompt: string;
  readonly args?: readonly string[];
}

/** A started client. */
export interface StartedTurn {
  /** Sends a signal to its main process only. */
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<EndedTurn>;
}

export interface EndedTurn {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The number of its processes that outlived the main one; they have been ended. */
  readonly leftBehind: number;
}

/** Starts a turn; ends all remaining processes before `ended` settles. */
export async function startTurn(turn: Turn): Promise<StartedTurn> {
  const { client, cwd, env, session, prompt, args = [] } = turn;
  const marker = { PARALLEL_GROUPS_TEST: crypto.randomUUID() };
  const definition = AGENTS[client.id];
  const argv = definition.headless({
    path: path.join(await clientFolder(client), definition.program),
    ...(session.resumed ? { resume: session.id } : { sessionId: session.id }),
  });
  const started = await spawnCommand(
    { kind: 'argv', argv: [...argv, ...args] },
    { cwd, env: { ...env, ...definition.env, ...marker }, stdio: 'pipe' },
  );
  if (!started.ok) {
    throw started.failure;
  }
  const child = started.value;
  if (child.stdin === null || child.stdout === null || child.stderr === null) {
    throw new Error(`${client.title} has no pipes.`);
  }
  const format = definition.stdin === 'conversation' ? conversationFormat(client.id) : null;
  child.stdin.end(format?.message(prompt) ?? prompt);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    signal: (signal) => void child.kill(signal),
    ended: once(child, 'exit').then(async ([exitCode, signal]: unknown[]) => {
      const tree = { root: null, marker };
      const left = (await new ProcessTree(tree).members()) ?? [];
      // Remaining processes hold the pipes open.
      await endTree({ ...tree, graceMs: 1000 });
      const [stdout, stderr] = await output;
      return {
        exitCode: typeof exitCode === 'number' ? exitCode : null,
        signal: typeof signal === 'string' ? signal : null,
        stdout,
        stderr,
        leftBehind: left.length,
      };
    }),
  };
}
