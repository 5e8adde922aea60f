import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';

/** The arrangements of the tree: by group, by source or by subagent. */
export const LAYOUT_MODES = ['group', 'source', 'subagent'] as const;
export type LayoutMode = (typeof LAYOUT_MODES)[number];

/** The user's choice of rows and their arrangement. */
export interface Layout {
  readonly viewBy: LayoutMode;
  /** Whether tasks are below rows for their waves. */
  readonly waves: boolean;
  /** `null` if the tree shows everything. */
  readonly filter: Matcher | null;
}

/** Whether a task matches the filter. */
export type Matcher = (task: TaskView, group: Pick<GroupView, 'title'>) => boolean;
