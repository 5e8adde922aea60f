import type { GroupKey, TaskKey } from '../ids.ts';
import type { GroupView } from './group-views.ts';
import type { WorkflowView } from './workflow-view.ts';

/** Version of the messages to the panel's page. Raise it when their shape changes. */
export const PANEL_VERSION = 1;

/**
 * From the extension to the panel's page: always the full state, so that a page that was hidden is complete at once.
 */
export interface PanelSnapshot {
  readonly type: 'snapshot';
  readonly version: typeof PANEL_VERSION;
  /** The groups to choose from, in plan order. */
  readonly groups: readonly {
    readonly key: GroupKey;
    readonly title: string;
    readonly source: string;
  }[];
  readonly group: GroupView | null;
  /** The workflow that the group's run is part of; `null`: none. */
  readonly workflow: WorkflowView | null;
  /** The extension's clock when this was sent, ms since the epoch. */
  readonly now: number;
  readonly trusted: boolean;
}

/** Requests of the page; the extension validates every message (`parsePanelRequest`). */
export type PanelRequest =
  | { readonly type: 'ready'; readonly group: GroupKey | null }
  | { readonly type: 'select'; readonly group: GroupKey }
  | { readonly type: 'run'; readonly group: GroupKey }
  | { readonly type: 'stop'; readonly group: GroupKey }
  | { readonly type: 'retry'; readonly group: GroupKey }
  /** Resume an unfinished run without a coordinator. */
  | { readonly type: 'resume'; readonly group: GroupKey }
  | { readonly type: 'showTerminal'; readonly task: TaskKey }
  | { readonly type: 'openTask'; readonly task: TaskKey }
  | { readonly type: 'openLog'; readonly task: TaskKey }
  | { readonly type: 'openArtifacts'; readonly task: TaskKey }
  | { readonly type: 'showChanges'; readonly task: TaskKey }
  | { readonly type: 'nudgeTask'; readonly task: TaskKey }
  | { readonly type: 'stopTask'; readonly task: TaskKey }
  | { readonly type: 'openSession'; readonly task: TaskKey }
  | { readonly type: 'sayProven'; readonly task: TaskKey }
  | { readonly type: 'sayNotProven'; readonly task: TaskKey }
  | { readonly type: 'openReport'; readonly group: GroupKey }
  | { readonly type: 'copyProposals'; readonly group: GroupKey }
  | { readonly type: 'addFixTasks'; readonly group: GroupKey };

/**
 * Whether a message is a snapshot of this version. Extension and page are built together, so that only the version is
 * compared: other senders have none, and a page from before an update has another.
 */
export function isPanelSnapshot(message: unknown): message is PanelSnapshot {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'snapshot' &&
    'version' in message &&
    message.version === PANEL_VERSION
  );
}
