import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { PanelRequest, PanelSnapshot } from '../../shared/view-models/panel-protocol.ts';

/** What the page is drawn from. */
export interface PanelModel {
  /** `null` until the extension has answered. */
  readonly snapshot: PanelSnapshot | null;
  /** The extension's clock, carried on; ms since the epoch. */
  readonly now: number;
  /** Tasks whose details are open. */
  readonly expanded: ReadonlySet<TaskKey>;
  /** How many rows the table of tasks has. */
  readonly rows: number;
  /** What a screen reader says next. */
  readonly announcement: string;
}

/** What a person can do on the page. */
export interface PanelActions {
  readonly post: (request: PanelRequest) => void;
  readonly select: (group: GroupKey) => void;
  readonly toggle: (task: TaskKey) => void;
  readonly showMore: () => void;
}
