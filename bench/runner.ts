// The cost of the runner before the first output of its agent, compared with `node -e 0` in the same run:
//   start   from the start of the process to the start of the agent, compared with a whole `node -e 0`
//   memory  resident set while the agent waits, compared with an idle `node -e`
// and 200 attempts of `true`, 8 in parallel in one host, compared with `xargs -P8` and a loop of Node's spawn.
//
//   npm run build && node bench/runner.ts [rounds]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AttemptSpec } from '../src/coordinator/schema/attempt.ts';
import { readRunnerEvents } from '../src/store/attempts/event-reader.ts';
import { prepareAttempt } from '../src/store/attempts/specification.ts';
import { attemptSpec } from '../test/support/attempts.ts';

const RUNNER = fileURLToPath(new URL('../dist/runner.js', import.meta.url));
const ROUNDS = Number(process.argv[2] ?? 15);
const MANY = 200;
const AT_ONCE = 8;
const SETTLED_MS = 300;

const root = mkdtempSync(join(tmpdir(), 'parallel-groups-bench-'));
let prepared = 0;

async function prepare(
  line: string,
): Promise<{ dir: string; specHash: string; promptHash: string }> {
  prepared += 1;
  const dir = join(root, String(prepared));
  const changes: Partial<AttemptSpec> = { attempt: prepared, command: { kind: 'shell', line } };
  return { dir, ...(await prepareAttempt(dir, attemptSpec(root, changes), null)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function startRatio(): Promise<void> {
  const runner: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { dir, specHash, promptHash } = await prepare('true');
    const before = Date.now();
    spawnSync(process.execPath, [RUNNER, dir, specHash, promptHash]);
    const events = await readRunnerEvents(dir, 0);
    const [first] = events.ok ? events.value.events : [];
    runner.push((first?.event.at ?? Number.NaN) - before);
    const start = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - start);
  }
  report('start', 'ms', median(runner), median(bare), 1.4);
}

async function residentKb(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const output = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return Number(output.trim());
}

async function memoryRatio(): Promise<void> {
  const runner: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < Math.min(ROUNDS, 5); round += 1) {
    const { dir, specHash, promptHash } = await prepare('sleep 60');
    runner.push(await residentKb([RUNNER, dir, specHash, promptHash]));
    bare.push(await residentKb(['-e', 'setTimeout(() => 0, 60000)']));
  }
  report('memory', 'KiB', median(runner), median(bare), 1.25);
}

async function hostMs(): Promise<number> {
  const launches: Awaited<ReturnType<typeof prepare>>[] = [];
  for (let index = 0; index < MANY; index += 1) {
    launches.push(await prepare('true'));
  }
  const before = performance.now();
  const host = spawn(process.execPath, [RUNNER, '--host'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const next = (): void => {
    const launch = launches.shift();
    if (launch === undefined) {
      host.stdin.end();
    } else {
      host.stdin.write(`${JSON.stringify(launch)}\n`);
    }
  };
  for (let index = 0; index < AT_ONCE; index += 1) {
    next();
  }
  createInterface({ input: host.stdout }).on('line', next);
  await once(host, 'close');
  return performance.now() - before;
}

function spawnMs(): Promise<number> {
  const before = performance.now();
  let left = MANY;
  let started = 0;
  return new Promise((resolve) => {
    const next = (): void => {
      if (started === MANY) {
        return;
      }
      started += 1;
      const child = spawn('/bin/sh', ['-c', 'true'], { stdio: ['ignore', 'pipe', 'pipe'] });
      child.once('close', () => {
        left -= 1;
        if (left === 0) {
          resolve(performance.now() - before);
        }
        next();
      });
    };
    for (let index = 0; index < AT_ONCE; index += 1) {
      next();
    }
  });
}

function xargsMs(): number {
  const before = performance.now();
  spawnSync('sh', ['-c', `seq ${MANY} | xargs -P${AT_ONCE} -I{} sh -c true`]);
  return performance.now() - before;
}

async function manyRatios(): Promise<void> {
  const times: { host: number[]; xargs: number[]; bare: number[] } = {
    host: [],
    xargs: [],
    bare: [],
  };
  for (let round = 0; round < Math.min(ROUNDS, 5); round += 1) {
    times.xargs.push(xargsMs());
    times.bare.push(await spawnMs());
    times.host.push(await hostMs());
  }
  report('200 × true, host / xargs', 'ms', median(times.host), median(times.xargs), 5);
  report('200 × true, host / bare spawn', 'ms', median(times.host), median(times.bare), null);
}

function report(what: string, unit: string, ours: number, peer: number, bar: number | null): void {
  const limit = bar === null ? '' : `  (bar ${bar}×)`;
  const figures = `${ours.toFixed(0)} / ${peer.toFixed(0)} ${unit}`;
  console.log(`${what.padEnd(32)} ${(ours / peer).toFixed(2)}×${limit}  ${figures}`);
}

try {
  await startRatio();
  await memoryRatio();
  await manyRatios();
} finally {
  rmSync(root, { recursive: true, force: true });
}
