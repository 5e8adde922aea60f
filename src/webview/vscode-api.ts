import type { PanelRequest } from '../shared/view-models/panel-protocol.ts';
import type { SavedState } from './saved-state.ts';

/** The API that VS Code provides to a webview's page. */
export interface VsCodeApi {
  postMessage(message: PanelRequest): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

declare global {
  /** Returns the API. A page may call it only once. */
  function acquireVsCodeApi(): VsCodeApi;
}
