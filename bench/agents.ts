// The cost of running each coding agent:
//   stream  100 MB of its events (its recorded session, repeated with new ids), compared with a loop that only splits
//           and parses lines; events a second and peak memory, each in a separate process
//   turn    a whole turn of the real program (it writes a file) with our runner, compared with the program alone
//   memory  peak memory of runner and program together, compared with the program alone
//
//   node bench/agents.ts [agents…]      default: all streams, and the real programs of Claude Code and Gemini CLI
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { AGENTS, conversationFormat } from '../src/agents/registry.ts';
import { BUILT_IN_AGENTS, type BuiltInAgent } from '../src/shared/agent-ids.ts';
import { readRunnerEvents } from '../src/store/attempts/event-reader.ts';
import { prepareAttempt } from '../src/store/attempts/specification.ts';
import { attemptSpec } from '../test/support/attempts.ts';
import { builtCli } from '../test/support/built-cli.ts';
import { CLIENTS } from '../test/support/model-server/clients/all.ts';
import { clientFolder, type RealClient } from '../test/support/model-server/clients/real-client.ts';
import { clientEnvironment } from '../test/support/model-server/clients/start-client.ts';
import { startModelServer } from '../test/support/model-server/model-server.ts';
import { scriptWord } from '../test/support/model-server/script.ts';
import { repository } from '../test/support/vscode/paths.ts';

const STREAM_BYTES = 100 * 1024 * 1024;
const ROUNDS = 3;
/** Installed within a minute; the others run only if they are named. */
const LIGHT: readonly BuiltInAgent[] = ['claude', 'gemini'];
const SAMPLE_MS = 10;
/** Gives events that occur once in a session a new id; the session's id stays. */
const IDS = /("(?:id|uuid|tool_id|tool_use_id|callID|messageID|toolCallId|messageId)":")([^"]+)"/g;

const readSchema = z.object({
  ms: z.number(),
  lines: z.number(),
  events: z.number(),
  maxRssKb: z.number(),
  failure: z.nullable(z.looseObject({ reason: z.string() })),
});
type Reading = z.infer<typeof readSchema>;

const named = process.argv.slice(2);
const wanted = BUILT_IN_AGENTS.filter((id) => named.length === 0 || named.includes(id));
const root = await mkdtemp(path.join(tmpdir(), 'parallel-groups-bench-'));
try {
  for (const id of wanted) {
    await stream(id);
  }
  const real = CLIENTS.filter(({ id }) => (named.length === 0 ? LIGHT : wanted).includes(id));
  for (const client of real) {
    await turns(client);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function stream(id: BuiltInAgent): Promise<void> {
  const recorded = path.join(repository, 'test', 'fixtures', 'agent-events', id, 'ok.jsonl');
  if (!existsSync(recorded)) {
    console.log(`${id.padEnd(10)} stream   no session is recorded`);
    return;
  }
  const file = path.join(root, `${id}.jsonl`);
  await generate(readFileSync(recorded, 'utf8').trimEnd().split('\n'), file);
  const bare: Reading[] = [];
  const ours: Reading[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await read('bare', file));
    ours.push(await read(id, file));
  }
  rmSync(file);
  const [one] = ours;
  if (one?.failure !== null) {
    throw new Error(`${id} did not understand its own stream: ${JSON.stringify(one?.failure)}`);
  }
  const perSecond = Math.round((one.lines / median(ours.map(({ ms }) => ms))) * 1000);
  report(id, 'stream', ours, bare, ({ ms }) => ms, 'ms');
  report(id, 'memory', ours, bare, ({ maxRssKb }) => maxRssKb / 1024, 'MiB');
  console.log(`${''.padEnd(10)} ${perSecond.toLocaleString('en-US')} events/s of ${one.lines}`);
}

/** The session's first line once, the lines between repeatedly, its last line once. */
async function generate(lines: readonly string[], file: string): Promise<void> {
  const between = lines.slice(1, -1);
  const out = createWriteStream(file);
  out.write(`${lines[0] ?? ''}\n`);
  for (let written = 0, round = 0; written < STREAM_BYTES; round += 1) {
    const block = between.map((line) => line.replace(IDS, `$1$2-${round}"`)).join('\n');
    written += block.length + 1;
    if (!out.write(`${block}\n`)) {
      await once(out, 'drain');
    }
  }
  out.end(`${lines.at(-1) ?? ''}\n`);
  await once(out, 'finish');
}

async function read(how: string, file: string): Promise<Reading> {
  const program = path.join(repository, 'bench', 'agents-stream.ts');
  const { stdout } = await execa(process.execPath, [program, how, file]);
  return readSchema.parse(JSON.parse(stdout));
}

/** A process that was observed until its end. */
interface Watched {
  readonly ms: number;
  /** Peak memory of its main process alone. */
  readonly peakMb: number;
}

async function turns(client: RealClient): Promise<void> {
  const model = await startModelServer();
  const runner = path.join(path.dirname(await builtCli()), 'runner.js');
  const bare: Watched[] = [];
  const ours: Watched[] = [];
  try {
    const home = path.join(root, `home-${client.id}`);
    const env = await clientEnvironment([client], home, model.url);
    // The very first start fills caches.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const alone = await turn(client, `${client.id}-alone-${round}`, env, null);
      const run = await turn(client, `${client.id}-run-${round}`, env, runner);
      if (round > 0) {
        bare.push(alone);
      }
      if (round > 0) {
        ours.push({ ...run, peakMb: run.peakMb + alone.peakMb });
      }
    }
  } finally {
    await model.close();
  }
  report(client.id, 'turn', ours, bare, ({ ms }) => ms, 'ms');
  report(client.id, 'memory', ours, bare, ({ peakMb }) => peakMb, 'MiB');
}

/** One turn that writes a file, by the program alone or with our runner. */
async function turn(
  client: RealClient,
  name: string,
  env: Readonly<Record<string, string>>,
  runner: string | null,
): Promise<Watched> {
  const { id } = client;
  const folder = path.join(root, name);
  const cwd = path.join(folder, 'work');
  await mkdir(cwd, { recursive: true });
  await execa('git', ['init', '--quiet'], { cwd });
  const prompt = `Write the file. ${scriptWord(
    { do: 'write', file: path.join(cwd, 'a.txt'), text: 'a\n' },
    { do: 'text', text: 'Written.' },
  )}\n`;
  const definition = AGENTS[id];
  const program = path.join(await clientFolder(client), definition.program);
  const argv = definition.headless({ path: program, sessionId: crypto.randomUUID() });
  const all = { ...env, ...definition.env };
  const { stdin } = definition;
  const format = stdin === 'conversation' ? conversationFormat(id) : null;
  if (runner === null) {
    return watch(argv, cwd, all, format?.message(prompt) ?? prompt);
  }
  const directory = path.join(folder, 'attempt');
  const command = { kind: 'argv', argv } as const;
  const spec = attemptSpec(folder, { command, cwd, adapter: id, stdin });
  const { specHash, promptHash } = await prepareAttempt(directory, spec, prompt);
  const watched = await watch(
    [process.execPath, runner, directory, specHash, promptHash],
    cwd,
    all,
  );
  const events = await readRunnerEvents(directory, 0);
  const last = events.ok ? events.value.events.at(-1)?.event : undefined;
  if (last?.type !== 'ended' || last.outcome.failure !== null) {
    throw new Error(`${id} failed: ${JSON.stringify(last)}`);
  }
  return watched;
}

async function watch(
  [program = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Watched> {
  const start = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(input);
  let peakMb = 0;
  const sampling = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid))), SAMPLE_MS);
  const [exitCode] = (await once(child, 'exit')) as unknown[];
  clearInterval(sampling);
  if (exitCode !== 0) {
    throw new Error(`${program} ended with ${String(exitCode)}.`);
  }
  return { ms: performance.now() - start, peakMb };
}

/** Peak memory of a process, MiB; 0 if unknown. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function report<Figure>(
  id: string,
  what: string,
  ours: readonly Figure[],
  peer: readonly Figure[],
  of: (figure: Figure) => number,
  unit: string,
): void {
  const [us, them] = [median(ours.map(of)), median(peer.map(of))];
  const ratio = `${(us / them).toFixed(2)}×`;
  console.log(
    `${id.padEnd(10)} ${what.padEnd(8)} ${ratio.padStart(7)}  ${us.toFixed(0)} / ${them.toFixed(0)} ${unit}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
