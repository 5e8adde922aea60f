// How fast a run's journal accepts events, and how often it waits for the disk. The peer is a bare
// `appendFile` of the same lines without sync: the difference is the cost of surviving a power loss.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../src/coordinator/schema/events.ts';
import { FORMAT } from '../src/coordinator/schema/format.ts';
import { asGroupKey, asRunId, asTaskKey } from '../src/shared/ids.ts';
import { type JournalWriter, openSegment } from '../src/store/journal/journal-writer.ts';

const EVENTS = Number(process.argv[2] ?? 4000);
/** Events that one turn of the engine's loop decides before a flush. */
const TURNS = [1, 8, 64];
const ROUNDS = 3;

const run = asRunId('20260101T000000Z-abcdef');
const group = asGroupKey('tasks.md#auth');
const task = asTaskKey('tasks.md#T1');
const events = Array.from({ length: EVENTS }, (_, index): RunEvent => {
  const at = 1_700_000_000_000 + index;
  return {
    v: FORMAT,
    seq: index + 1,
    at,
    event: {
      type: 'attempt.progress',
      task,
      attempt: 1,
      offset: index,
      step: 'Reads src/a.ts',
      needsYou: null,
      throttledUntil: null,
      usage: null,
    },
  };
});

const directory = await mkdtemp(join(tmpdir(), 'parallel-groups-bench-'));
try {
  console.log(`${EVENTS} events, median of ${ROUNDS} rounds`);
  for (const perTurn of TURNS) {
    const ours = await median((round) => journal(perTurn, round));
    const bare = await median((round) => appendOnly(perTurn, round));
    const synced = await median((round) => syncEvery(perTurn, round));
    report(`${perTurn} a turn`, ours, bare, synced);
  }
  const concurrent = await median(overlapping);
  const bare = await median((round) => appendOnly(1, 9000 + round));
  const synced = await median((round) => syncEvery(1, 9000 + round));
  report('64 flushes at once', concurrent, bare, synced);
} finally {
  await rm(directory, { recursive: true });
}

interface Measured {
  readonly ms: number;
  readonly syncs: number;
}

async function openJournal(): Promise<JournalWriter> {
  const runDirectory = await mkdtemp(join(directory, 'run-'));
  const opened = await openSegment({ runDirectory, run, group, epoch: 1, previous: null });
  if (!opened.ok) {
    throw new Error(opened.failure.message);
  }
  return opened.value;
}

/** The engine's way: all events of a turn, then one flush. */
async function journal(perTurn: number, _round: number): Promise<Measured> {
  const writer = await openJournal();
  const start = performance.now();
  for (let from = 0; from < events.length; from += perTurn) {
    for (const event of events.slice(from, from + perTurn)) {
      writer.append(event);
    }
    await writer.flush();
  }
  return finish(writer, start);
}

/** Independent callers, each waiting for its own event. */
async function overlapping(): Promise<Measured> {
  const writer = await openJournal();
  const start = performance.now();
  let next = 0;
  const callers = Array.from({ length: 64 }, async () => {
    for (let event = events[next++]; event !== undefined; event = events[next++]) {
      writer.append(event);
      await writer.flush();
    }
  });
  await Promise.all(callers);
  return finish(writer, start);
}

async function finish(writer: JournalWriter, start: number): Promise<Measured> {
  const ms = performance.now() - start;
  const { commits } = writer;
  const closed = await writer.close();
  if (!closed.ok) {
    throw new Error(closed.failure.message);
  }
  return { ms, syncs: commits };
}

/** No guarantee: the kernel has the lines, and no caller waits for the disk. */
function appendOnly(perTurn: number, round: number): Promise<Measured> {
  return bareFile(perTurn, `bare-${perTurn}-${round}`, false);
}

/** The same guarantee with a sync for every event. */
function syncEvery(perTurn: number, round: number): Promise<Measured> {
  return bareFile(perTurn, `sync-${perTurn}-${round}`, true);
}

async function bareFile(perTurn: number, name: string, sync: boolean): Promise<Measured> {
  const file = await open(join(directory, name), 'a');
  const step = sync ? 1 : perTurn;
  let syncs = 0;
  const start = performance.now();
  for (let from = 0; from < events.length; from += step) {
    const lines = events.slice(from, from + step).map((event) => `${JSON.stringify(event)}\n`);
    await file.appendFile(lines.join(''));
    if (!sync) {
      continue;
    }
    await file.datasync();
    syncs += 1;
  }
  const ms = performance.now() - start;
  await file.close();
  return { ms, syncs };
}

async function median(measure: (round: number) => Promise<Measured>): Promise<Measured> {
  const results: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    results.push(await measure(round));
  }
  const middle = results.toSorted((a, b) => a.ms - b.ms)[Math.floor(ROUNDS / 2)];
  if (middle === undefined) {
    throw new Error('No round was measured.');
  }
  return middle;
}

function report(what: string, ours: Measured, bare: Measured, synced: Measured): void {
  const perSecond = Math.round((EVENTS / ours.ms) * 1000);
  console.log(
    `${what.padEnd(18)} ${String(perSecond).padStart(7)} events/s, ${String(ours.syncs).padStart(5)} fdatasyncs` +
      ` | ${(ours.ms / bare.ms).toFixed(1)}x bare append without sync` +
      ` | ${(ours.ms / synced.ms).toFixed(2)}x a sync for each event`,
  );
}
