import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../monotonic.ts';
import { processTable } from './process-table.ts';
import { ProcessTree, type TreeMember, type TreeOptions } from './process-tree.ts';

export interface EndTreeOptions extends TreeOptions {
  /** Time between a signal and the next stronger one, ms. */
  readonly graceMs: number;
  /** Signals in sending order; the last is repeated until no process is left. Default: INT, TERM, KILL. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Called once if processes outlive the last signal by `graceMs`: those of another user, or stuck in the kernel. */
  readonly onStubborn?: (pids: readonly number[]) => void;
}

const DEFAULT_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGKILL'];
const MIN_POLL_MS = 5;
const MAX_POLL_MS = 250;

/**
 * Ends a whole process tree from its leaves. Resolves once a fresh snapshot proves it empty, without a time limit.
 * Identifies every process again (pid and start) right before it sends a signal. On Windows every signal ends a process
 * at once. If the platform cannot list processes, ends only the root.
 */
export async function endTree(options: EndTreeOptions): Promise<void> {
  const tree = new ProcessTree(options);
  const signals = options.signals ?? DEFAULT_SIGNALS;
  for (const signal of signals) {
    if (await signalAndWait(tree, signal, options)) {
      return;
    }
  }
  const last = signals.at(-1) ?? 'SIGKILL';
  options.onStubborn?.(((await tree.members()) ?? []).map((member) => member.pid));
  while (!(await signalAndWait(tree, last, options))) {
    // Processes that started in the meantime receive the signal in the next round.
  }
}

/** Returns `true` once no process is left, `false` at the end of the grace period. */
async function signalAndWait(
  tree: ProcessTree,
  signal: NodeJS.Signals,
  options: EndTreeOptions,
): Promise<boolean> {
  const deadline = monotonicMs() + options.graceMs;
  const signalled = new Set<string>();
  for (let wait = MIN_POLL_MS; ; wait = Math.min(wait * 2, MAX_POLL_MS)) {
    const members = await tree.members();
    if (members === null) {
      return endRootAlone(options);
    }
    if (members.length === 0) {
      return true;
    }
    // Also signals processes that appear later: a tree that keeps forking would outlive a single round.
    const fresh = members.filter((member) => !signalled.has(keyOf(member)));
    await signalAll(fresh, signal);
    for (const member of fresh) {
      signalled.add(keyOf(member));
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
    // On other platforms, listing a process means to start a program; there the current snapshot has to suffice.
    if (process.platform === 'linux' && !(await isStillAlive(member))) {
      continue;
    }
    send(member.pid, signal);
  }
}

async function isStillAlive(member: TreeMember): Promise<boolean> {
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
    // Ended in the meantime, or not ours to end; the next snapshot shows which.
  }
}

function keyOf(member: TreeMember): string {
  return `${member.pid} ${member.start}`;
}
