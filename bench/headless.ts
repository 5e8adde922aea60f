// The overhead of a run: 200 tasks with `run: true`, 8 in parallel, on the command line (journaled, proven, closed in
// the plan), compared with `xargs -P8`, GNU parallel, p-queue and wireit for the same 200 `true`, each in a separate
// process.
// p-queue and wireit: npm install --prefix bench
//
//   node bench/headless.ts [rounds]
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeDirectory, temporaryDirectory } from '../test/support/temp-directory.ts';

const ROUNDS = Number(process.argv[2] ?? 7);
const TASKS = 200;
const AT_ONCE = 8;
const BAR = 5;

const repository = fileURLToPath(new URL('..', import.meta.url));
const folder = temporaryDirectory();
const workspace = join(folder, 'workspace');
const cli = join(folder, 'dist', 'cli.mjs');
const plan = Array.from(
  { length: TASKS },
  (_, index) => `- [ ] T${index + 1} [P:Group-bench] Task ${index + 1}\n  \`run: true\`\n`,
).join('');

function build(): void {
  const args = ['esbuild.js', '--production', `--outdir=${join(folder, 'dist')}`];
  execFileSync(process.execPath, args, { cwd: repository, stdio: 'ignore' });
  copyFileSync(join(repository, 'package.json'), join(folder, 'package.json'));
}

/** A repository before the first run. */
function prepare(): void {
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'tasks.md'), plan);
  const author = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...author, 'commit', '--quiet', '--message', 'plan'],
  ]) {
    execFileSync('git', args, { cwd: workspace });
  }
}

function timed(
  program: string,
  args: readonly string[],
  input = '',
  { cwd = workspace, env: more = {} }: { cwd?: string; env?: Record<string, string> } = {},
): number {
  const before = performance.now();
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state'), ...more };
  const { status, stderr } = spawnSync(program, args, { cwd, env, input });
  const ms = performance.now() - before;
  if (status !== 0) {
    throw new Error(`${program} ended with ${String(status)}: ${stderr.toString()}`);
  }
  return ms;
}

function ours(): number {
  prepare();
  const options = ['--group-id', 'bench', '--yes', '--max-concurrent', String(AT_ONCE)];
  const ms = timed(process.execPath, [cli, 'execute', ...options]);
  const closed = readFileSync(join(workspace, 'tasks.md'), 'utf8').split('- [x]').length - 1;
  if (closed !== TASKS) {
    throw new Error(`${closed} of ${TASKS} tasks were closed`);
  }
  return ms;
}

const numbers = Array.from({ length: TASKS }, (_, index) => `${index + 1}\n`).join('');
const packages = join(repository, 'bench', 'node_modules');

/** A queue of promises; each starts a shell as we do. */
const QUEUE = `
import { spawn } from 'node:child_process';
import PQueue from 'p-queue';
const queue = new PQueue({ concurrency: ${AT_ONCE} });
for (let task = 0; task < ${TASKS}; task += 1) {
  queue.add(() => new Promise((resolve, reject) => {
    spawn('sh', ['-c', 'true']).once('error', reject).once('close', resolve);
  }));
}
await queue.onIdle();
`;

/** Another folder with the peer's package and none of our files. */
function folderOf(peer: string): string {
  const own = join(folder, peer);
  if (!existsSync(own)) {
    mkdirSync(own);
    symlinkSync(packages, join(own, 'node_modules'));
  }
  return own;
}

function queued(): number {
  const file = join(folderOf('p-queue'), 'queue.mjs');
  writeFileSync(file, QUEUE);
  return timed(process.execPath, [file]);
}

/** One script that depends on 200, nothing cached. */
function wired(): number {
  const own = folderOf('wireit');
  const names = Array.from({ length: TASKS }, (_, index) => `t${index + 1}`);
  const scripts = Object.fromEntries(['all', ...names].map((name) => [name, 'wireit']));
  const wireit = {
    ...Object.fromEntries(names.map((name) => [name, { command: 'true' }])),
    all: { dependencies: names },
  };
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'wired', scripts, wireit }));
  const quiet = { WIREIT_PARALLEL: String(AT_ONCE), WIREIT_CACHE: 'none', WIREIT_LOGGER: 'quiet' };
  return timed('npm', ['run', '--silent', 'all'], '', { cwd: own, env: quiet });
}

interface Peer {
  readonly name: string;
  readonly isInstalled: () => boolean;
  readonly run: () => number;
}

const peers: readonly Peer[] = [
  {
    name: `xargs -P${AT_ONCE}`,
    isInstalled: () => isProgram('xargs'),
    run: () => timed('xargs', [`-P${AT_ONCE}`, '-I{}', 'sh', '-c', 'true'], numbers),
  },
  {
    name: `GNU parallel -j${AT_ONCE}`,
    isInstalled: () => isProgram('parallel'),
    run: () => timed('parallel', [`-j${AT_ONCE}`, 'true {}'], numbers),
  },
  { name: 'p-queue', isInstalled: () => existsSync(join(packages, 'p-queue')), run: queued },
  { name: 'wireit', isInstalled: () => existsSync(join(packages, 'wireit')), run: wired },
];

function isProgram(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

try {
  build();
  const present = peers.filter(({ isInstalled }) => isInstalled());
  const mine: number[] = [];
  const theirs = new Map<string, number[]>(present.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    mine.push(ours());
    for (const { name, run } of present) {
      theirs.get(name)?.push(run());
    }
  }
  const [base] = theirs.values();
  console.log(`${TASKS} × true, ${AT_ONCE} at a time, median of ${ROUNDS} rounds`);
  for (const [name, times] of [['parallel-groups', mine] as const, ...theirs]) {
    const ratio = median(times) / median(base ?? []);
    const bar = times === mine ? `  (aim ${BAR}×)` : '';
    console.log(
      `${name.padEnd(18)} ${ratio.toFixed(2)}× xargs${bar}  ${median(times).toFixed(0)} ms`,
    );
  }
  for (const { name } of peers.filter((peer) => !present.includes(peer))) {
    console.log(`${name.padEnd(18)} not installed`);
  }
} finally {
  removeDirectory(folder);
}
