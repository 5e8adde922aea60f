// Time and memory for reading plans: a Task Master file of 1.5 MB and a beads export of 1.1 MB compared with
// `JSON.parse`, a Markdown plan of 100,000 tasks compared with reading its lines. Each side of each case runs in a
// separate process, so that peak memory can be compared. If PARALLEL_GROUPS_CORPUS names a real Task Master file, the
// bench reads it as well.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asSourceId } from '../src/shared/ids.ts';
import { exportedTasks } from '../src/tasks/beads/read-export.ts';
import { formatOf } from '../src/tasks/read/formats.ts';
import { beadsExport, markdownPlan, taskMasterFile } from './plans.ts';

const ROUNDS = 9;

interface Case {
  readonly what: string;
  readonly path: string;
  readonly text: () => string;
  readonly peer: 'JSON.parse' | 'JSON.parse of each line' | 'its lines alone';
}

const { PARALLEL_GROUPS_CORPUS: corpus } = process.env;
const cases: readonly Case[] = [
  {
    what: 'Task Master, 1.5 MB',
    path: '.taskmaster/tasks/tasks.json',
    text: taskMasterFile,
    peer: 'JSON.parse',
  },
  ...(corpus === undefined
    ? []
    : [
        {
          what: 'Task Master, the named file',
          path: '.taskmaster/tasks/tasks.json',
          text: () => readFileSync(corpus, 'utf8'),
          peer: 'JSON.parse' as const,
        },
      ]),
  {
    what: 'beads export, 700 issues, 1.1 MB',
    path: '.beads/issues.jsonl',
    text: beadsExport,
    peer: 'JSON.parse of each line',
  },
  {
    what: 'Markdown, 100,000 tasks',
    path: 'tasks.md',
    text: markdownPlan,
    peer: 'its lines alone',
  },
];

const PEERS: Readonly<Record<Case['peer'], (text: string) => number>> = {
  'JSON.parse': (text) => (JSON.parse(text) === null ? 0 : 1),
  'JSON.parse of each line': (text) =>
    text.split('\n').filter((line) => line !== '' && JSON.parse(line) !== null).length,
  'its lines alone': (text) => text.split('\n').filter((line) => line.trim() !== '').length,
};

const [side, index, file] = process.argv.slice(2);
if (side !== undefined && file !== undefined) {
  measure(side, cases[Number(index)], file);
} else {
  compare();
}

interface Measured {
  readonly ms: number;
  readonly cold: number;
  readonly megabytes: number;
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'parallel-groups-bench-'));
  try {
    cases.forEach((each, place) => {
      const path = join(folder, String(place));
      const text = each.text();
      writeFileSync(path, text);
      const [nothing, ours, peer] = ['nothing', 'ours', 'peer'].map((name) =>
        inChild(name, place, path),
      );
      if (nothing === undefined || ours === undefined || peer === undefined) {
        return;
      }
      report(each, text.length, ours, peer, nothing.megabytes);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inChild(side: string, place: number, path: string): Measured {
  const script = process.argv[1] ?? '';
  const child = spawnSync(process.execPath, [script, side, String(place), path], {
    encoding: 'utf8',
  });
  const [ms = NaN, cold = NaN, megabytes = NaN] = child.stdout.trim().split(' ').map(Number);
  if (child.status !== 0 || Number.isNaN(megabytes)) {
    throw new Error(child.stderr);
  }
  return { ms, cold, megabytes };
}

/** In a child: the first round, which is the cost of opening a window, and the best of several. */
function measure(side: string, { path, peer }: Case = cases[0] ?? fail(), file: string): void {
  const text = readFileSync(file, 'utf8');
  const works: Readonly<Record<string, () => number>> = {
    nothing: () => text.length,
    ours: () => readPlan(path, text),
    peer: () => PEERS[peer](text),
  };
  const work = works[side] ?? fail();
  // Only the first reading: memory of later rounds would count as well.
  const cold = timed(work);
  const { maxRSS } = process.resourceUsage();
  const times = Array.from({ length: ROUNDS }, () => timed(work));
  console.log(`${Math.min(...times)} ${cold} ${maxRSS / 1024}`);
}

function readPlan(path: string, text: string): number {
  const source = asSourceId(path);
  const { tasks } = path.endsWith('.jsonl')
    ? exportedTasks(text, source)
    : formatOf(path, text).read(text, source);
  return tasks.length;
}

function timed(work: () => number): number {
  const start = performance.now();
  if (work() === 0) {
    throw new Error('Nothing was read.');
  }
  return performance.now() - start;
}

function report(
  { what, peer }: Case,
  length: number,
  ours: Measured,
  bare: Measured,
  base: number,
): void {
  const more = (measured: Measured) => Math.max(1, measured.megabytes - base);
  console.log(
    `${what} (${(length / 1e6).toFixed(1)} MB): ${ours.ms.toFixed(1)} ms, ${(ours.ms / bare.ms).toFixed(1)}x ${peer} (${bare.ms.toFixed(1)} ms)` +
      ` | first reading ${ours.cold.toFixed(0)} ms, ${(ours.cold / bare.cold).toFixed(1)}x` +
      ` | ${more(ours).toFixed(0)} MB more than the bare text, ${(more(ours) / more(bare)).toFixed(1)}x`,
  );
}

function fail(): never {
  throw new Error('There is no such case.');
}
