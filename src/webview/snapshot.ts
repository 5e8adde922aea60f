import { PANEL_VERSION, type PanelSnapshot } from '../shared/view-models/panel-protocol.ts';

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
