import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { asTaskKey, type TaskKey } from '../../shared/ids.ts';

const SCHEME = 'parallel-groups-prompt';

/** Read-only documents that preview the prompts of agents; recreated on each request. */
export class PromptDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #windowModel: WindowModel;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;
  readonly onDidChange = this.#changes.event;

  constructor(windowModel: WindowModel) {
    this.#windowModel = windowModel;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Opens the preview of a task, by its key in views. */
  async show(key: TaskKey): Promise<void> {
    const id = this.#windowModel.task(key)?.id ?? key;
    const path = `/${vscode.l10n.t('Prompt of {0}', id.replaceAll(/[\\/]/g, '-'))}.md`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: key });
    // Refreshes a document that is open already.
    this.#changes.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
    });
  }

  /** Returns the prompt of a task. Launches nothing, so it works in Restricted Mode too. */
  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const key = asTaskKey(query);
    if (this.#windowModel.folderOf(key) === null) {
      // A reloaded window restores its editors before its folders.
      await this.#windowModel.open();
    }
    const folder = this.#windowModel.folderOf(key);
    if (folder === null) {
      return vscode.l10n.t('Its folder is not open any more.\n');
    }
    // Loaded on first use, with the engine.
    const { previewPrompt } = await import('../../engine/preview/preview-prompt.ts');
    const { describePreview } = await import('../../engine/preview/describe-preview.ts');
    const preview = await previewPrompt(folder.workspace, this.#windowModel.localTask(key));
    return preview.ok ? describePreview(preview.value) : `${preview.failure}\n`;
  }

  dispose(): void {
    vscode.Disposable.from(this.#registered, this.#changes).dispose();
  }
}
