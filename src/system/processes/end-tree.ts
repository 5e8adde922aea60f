import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../monotonic.ts';
import { processTable } from './process-table.ts';
import { ProcessTree, type TreeMember, type TreeOptions } from './process-tree.ts';

export interface EndTreeOptions extends TreeOptions {
  /** Between one signal and the next stronger one, ms. */
  readonly graceMs: number;
  /** In this order; the last is repeated until nobody is left. Default INT, TERM, KILL. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Called once if processes outlive the last signal by `graceMs`: another user's, or stuck in the kernel. */
  readonly onStubborn?: (pids: readonly number[]) => void;
}

const POLITE_FIRST: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGKILL'];
const FIRST_LOOK_MS = 5;
const SLOWEST_LOOK_MS = 250;

/**
 * Ends a whole process tree from its leaves and resolves once a fresh snapshot proves it empty, however long that takes.
 * Every process is identified again (pid and start) right before it is signalled. On Windows every signal ends at once.
 * Where the platform cannot list processes, only the root is ended.
 */
export async function endTree(options: EndTreeOptions): Promise<void> {
  const tree = new ProcessTree(options);
  const signals = options.signals ?? POLITE_FIRST;
  for (const signal of signals) {
    if (await signalAndWait(tree, signal, options)) {
      return;
    }
  }
  const last = signals.at(-1) ?? 'SIGKILL';
  options.onStubborn?.(((await tree.members()) ?? []).map((member) => member.pid));
  while (!(await signalAndWait(tree, last, options))) {
    // Processes that started meanwhile get the signal in the next round.
  }
}

/** Whether nothing of the tree lives now. Ends nothing. */
export async function isTreeEmpty(options: TreeOptions): Promise<boolean | null> {
  const members = await new ProcessTree(options).members();
  return members === null ? null : members.length === 0;
}

/** `true` once nobody is left, `false` when the grace period is over. */
async function signalAndWait(
  tree: ProcessTree,
  signal: NodeJS.Signals,
  options: EndTreeOptions,
): Promise<boolean> {
  const deadline = monotonicMs() + options.graceMs;
  const told = new Set<string>();
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, SLOWEST_LOOK_MS)) {
    const members = await tree.members();
    if (members === null) {
      return endRootAlone(options);
    }
    if (members.length === 0) {
      return true;
    }
    // Who appears later is told too: a tree that keeps forking would outlive a single round.
    const untold = members.filter((member) => !told.has(keyOf(member)));
    await signalAll(untold, signal);
    for (const member of untold) {
      told.add(keyOf(member));
    }
    const left = deadline - monotonicMs();
    if (left <= 0) {
      return false;
    }
    await delay(Math.min(wait, left));
  }
}

async function signalAll(members: readonly TreeMember[], signal: NodeJS.Signals): Promise<void> {
  for (const member of members) {
    // Listing a process costs a program start elsewhere; there the snapshot of this moment has to do.
    if (process.platform === 'linux' && !(await stillThere(member))) {
      continue;
    }
    send(member.pid, signal);
  }
}

async function stillThere(member: TreeMember): Promise<boolean> {
  const now = await processTable([member.pid]);
  return now?.some((entry) => entry.start === member.start) ?? false;
}

function endRootAlone({ root }: EndTreeOptions): boolean {
  if (root !== null && root.pid > 1 && root.pid !== process.pid) {
    send(root.pid, 'SIGKILL');
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, or not ours to end; the next snapshot tells.
  }
}

function keyOf(member: TreeMember): string {
  return `${member.pid} ${member.start}`;
}
