import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { VIEWS } from '../../shared/manifest.ts';
import type { agentNodeItem } from './agent-item.ts';
import { type AgentNode, agentNodes } from './agent-nodes.ts';

/** Delay that batches changes into one update, ms. */
const DRAW_MS = 250;
/** Interval at which the countdowns of breakers are refreshed, ms. */
const TICK_MS = 1000;

/** The Agents view: all agents with their state, and the reason for those that are unavailable. Idle while hidden. */
export class AgentsPart implements vscode.TreeDataProvider<AgentNode>, vscode.Disposable {
  readonly view: vscode.TreeView<AgentNode>;
  readonly #windowModel: WindowModel;
  readonly #changes = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: { dispose(): void }[];
  readonly #ticker: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #itemOf: typeof agentNodeItem | null = null;
  #drawn = '';
  #nodes: readonly AgentNode[] = [];

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(windowModel: WindowModel) {
    this.#windowModel = windowModel;
    this.view = vscode.window.createTreeView(VIEWS.agents, { treeDataProvider: this });
    this.#subscriptions = [
      windowModel.onChange(() => {
        this.#scheduleDraw();
      }),
      this.view.onDidChangeVisibility(() => {
        this.#scheduleDraw();
      }),
    ];
    this.#ticker = setInterval(() => {
      if (flat(this.#nodes).some(isCountingDown)) {
        this.#scheduleDraw();
      }
    }, TICK_MS);
  }

  /** The rows that the view shows now. */
  get nodes(): readonly AgentNode[] {
    return this.#nodes;
  }

  async getChildren(node?: AgentNode): Promise<AgentNode[]> {
    if (node !== undefined) {
      return 'children' in node ? [...node.children] : [];
    }
    await this.#refresh();
    return [...this.#nodes];
  }

  getTreeItem(node: AgentNode): vscode.TreeItem {
    return this.#itemOf?.(node, Date.now()) ?? new vscode.TreeItem(node.id);
  }

  dispose(): void {
    clearInterval(this.#ticker);
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    vscode.Disposable.from(...this.#subscriptions, this.view, this.#changes).dispose();
  }

  #scheduleDraw(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#draw();
    }, DRAW_MS);
  }

  async #draw(): Promise<void> {
    const before = this.#drawn;
    if (this.view.visible && (await this.#refresh()) !== before) {
      this.#changes.fire(undefined);
    }
  }

  /** Reads the agents of all folders; returns the visible content of all rows, serialized. */
  async #refresh(): Promise<string> {
    const { agentNodeItem: itemOf } = await import('./agent-item.ts');
    this.#itemOf = itemOf;
    this.#nodes = agentNodes(
      await Promise.all(
        this.#windowModel
          .folders()
          .map(async (folder) => ({ folder, view: await folder.workspace.agents.view() })),
      ),
    );
    const now = Date.now();
    this.#drawn = JSON.stringify(
      flat(this.#nodes).map((node) => {
        const { label, description, tooltip, contextValue } = itemOf(node, now);
        return [label, description, tooltip, contextValue];
      }),
    );
    return this.#drawn;
  }
}

function flat(nodes: readonly AgentNode[]): AgentNode[] {
  return nodes.flatMap((node) => ['children' in node ? flat(node.children) : [], node].flat());
}

function isCountingDown(node: AgentNode): boolean {
  return node.kind === 'agent' && node.view.state.kind === 'breaker_open';
}
