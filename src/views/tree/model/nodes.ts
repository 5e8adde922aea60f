import type { GroupKey, TaskKey } from '../../../shared/ids.ts';

/** A row of the groups tree. Elements are kept, so that VS Code knows a row again when it changed. */
export type TreeNode = GroupNode | TaskNode;
export interface GroupNode {
  readonly kind: 'group';
  readonly key: GroupKey;
}
export interface TaskNode {
  readonly kind: 'task';
  readonly key: TaskKey;
  readonly group: GroupNode;
}
