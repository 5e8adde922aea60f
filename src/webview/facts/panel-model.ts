import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { PanelRequest, PanelSnapshot } from '../../shared/view-models/panel-protocol.ts';

/** The data that the page renders. */
export interface PanelModel {
  /** The newest snapshot; `null` until the extension has sent the first one. */
  readonly snapshot: PanelSnapshot | null;
  /** The current time on the extension's clock, extrapolated from the snapshot; ms since the epoch. */
  readonly now: number;
  /** Tasks whose details are open. */
  readonly expanded: ReadonlySet<TaskKey>;
  /** Maximum number of rows of the task table. */
  readonly rows: number;
  /** The text that a screen reader announces next. */
  readonly announcement: string;
}

/** The actions that the user can invoke on the page. */
export interface PanelActions {
  readonly post: (request: PanelRequest) => void;
  readonly select: (group: GroupKey) => void;
  readonly toggle: (task: TaskKey) => void;
  readonly showMore: () => void;
}
