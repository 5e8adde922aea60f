import { ProcessTree, type TreeOptions } from '../../src/system/processes/process-tree.ts';

/** Returns whether no process of the tree lives now; `null` if the platform cannot list processes. Ends none. */
export async function isTreeEmpty(options: TreeOptions): Promise<boolean | null> {
  const members = await new ProcessTree(options).members();
  return members === null ? null : members.length === 0;
}
