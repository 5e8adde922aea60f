import type { PanelRequest } from '../shared/view-models/panel-protocol.ts';
import type { SavedState } from './saved-state.ts';

/** What VS Code gives to a webview's page. */
export interface VsCodeApi {
  postMessage(message: PanelRequest): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

declare global {
  /** May be called once in the life of a page. */
  function acquireVsCodeApi(): VsCodeApi;
}
