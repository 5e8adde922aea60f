import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { groupKeySchema } from '../../coordinator/schema/attempt.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { VIEWS } from '../../shared/manifest.ts';
import {
  PANEL_VERSION,
  type PanelRequest,
  type PanelSnapshot,
} from '../../shared/view-models/panel-protocol.ts';
import { firstGroup } from './first-group.ts';
import { panelPage } from './panel-page.ts';
import { parsePanelRequest } from './panel-request.ts';

/** Delay that batches changes into one snapshot, ms. */
const SEND_MS = 100;

/** The requests of the page that the panel forwards. */
export type PanelAction = Exclude<PanelRequest, { type: 'ready' | 'select' }>;

/** The status panel: a webview with live data of one group. Sends a full snapshot whenever it becomes visible. */
export class StatusPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #windowModel: WindowModel;
  readonly #media: vscode.Uri;
  readonly #act: (request: PanelAction) => void;
  readonly #subscriptions: { dispose(): void }[];
  #panel: vscode.WebviewPanel | null = null;
  #group: GroupKey | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `dist`: the directory of webview.js. */
  constructor(windowModel: WindowModel, dist: vscode.Uri, act: (request: PanelAction) => void) {
    this.#windowModel = windowModel;
    this.#media = dist;
    this.#act = act;
    this.#subscriptions = [
      windowModel.onChange(() => {
        this.#timer ??= setTimeout(() => {
          this.#send();
        }, SEND_MS);
      }),
      vscode.window.registerWebviewPanelSerializer(VIEWS.panel, this),
    ];
  }

  /** Opens or reveals the panel for a group; for the group that it showed last if `null`. */
  show(group: GroupKey | null): void {
    this.#group = group ?? this.#group;
    if (this.#panel === null) {
      const panel = vscode.window.createWebviewPanel(
        VIEWS.panel,
        vscode.l10n.t('Group Status'),
        vscode.ViewColumn.Active,
        this.#options(),
      );
      this.#attach(panel);
    } else {
      this.#panel.reveal();
    }
    this.#send();
  }

  /** Restores the panel after a window reload, with the state that its page stored. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = z.object({ group: z.nullable(groupKeySchema) }).safeParse(state);
    this.#group = remembered.success ? remembered.data.group : null;
    panel.webview.options = this.#options();
    this.#attach(panel);
    return Promise.resolve();
  }

  dispose(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#panel?.dispose();
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#media] };
  }

  #attach(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = new vscode.ThemeIcon('run-all');
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = null;
      }
    });
    panel.onDidChangeViewState(() => {
      this.#send();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message);
    });
    panel.webview.html = this.#html(panel.webview);
  }

  #receive(message: unknown): void {
    const request = parsePanelRequest(message);
    if (request === null) {
      return;
    }
    if (request.type === 'ready' || request.type === 'select') {
      this.#group = request.type === 'select' ? request.group : (this.#group ?? request.group);
      this.#send();
      return;
    }
    this.#act(request);
  }

  #send(): void {
    this.#timer = null;
    if (this.#panel?.visible !== true) {
      return;
    }
    const groups = this.#windowModel.groups();
    const group = firstGroup(groups, this.#group);
    const snapshot: PanelSnapshot = {
      type: 'snapshot',
      version: PANEL_VERSION,
      groups: groups.map(({ key, title, source }) => ({ key, title, source })),
      group,
      workflow: group === null ? null : this.#windowModel.workflowOf(group),
      now: Date.now(),
      trusted: vscode.workspace.isTrusted,
    };
    this.#panel.title =
      group === null
        ? vscode.l10n.t('Group Status')
        : vscode.l10n.t('Group Status: {0}', group.title);
    void this.#panel.webview.postMessage(snapshot);
  }

  #html(webview: vscode.Webview): string {
    return panelPage({
      script: webview.asWebviewUri(vscode.Uri.joinPath(this.#media, 'webview.js')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: vscode.env.language,
      title: vscode.l10n.t('Group Status'),
      translations: vscode.l10n.bundle ?? {},
    });
  }
}
