import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';

/** The ways to look at the groups. */
export const LAYOUT_MODES = ['group', 'source', 'subagent'] as const;
export type LayoutMode = (typeof LAYOUT_MODES)[number];

/** What a person chose to see, and how. */
export interface Layout {
  readonly way: LayoutMode;
  /** Whether tasks stand under the waves in which they run. */
  readonly waves: boolean;
  /** `null`: everything is shown. */
  readonly filter: Matcher | null;
}

/** Whether a task is to be shown. */
export type Matcher = (task: TaskView, group: Pick<GroupView, 'title'>) => boolean;
