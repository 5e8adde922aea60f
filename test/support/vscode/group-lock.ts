import { existsSync } from 'node:fs';
import { readLock } from '../../../src/store/lock/group-lock.ts';
import { lockDirectory, releasedFile } from '../../../src/store/lock/lock-file.ts';
import type { Stage } from './stage.ts';
import { eventually } from './verbs/eventually.ts';

const limitMs = 30_000;

/** Waits until the coordinator of `group` with this epoch has released the lock. */
export async function released(stage: Stage, group: string, epoch: number): Promise<void> {
  const file = releasedFile(lockDirectory(groupDirectory(stage, group)), epoch);
  const check = (): Promise<boolean> => Promise.resolve(existsSync(file));
  await eventually(`epoch ${epoch} of ${group} to be released`, check, limitMs);
}

/** Returns the process that coordinates `group`: the extension host of a window, or a command line. */
export async function coordinatorOf(stage: Stage, group: string): Promise<number> {
  const lock = await readLock(groupDirectory(stage, group));
  const pid = lock.kind === 'held' ? lock.held.holder?.process.pid : undefined;
  if (pid === undefined) {
    throw new Error(`No process coordinates ${group}.`);
  }
  return pid;
}

function groupDirectory(stage: Stage, group: string): string {
  return stage.file(`.parallel-groups/groups/${group}`);
}
