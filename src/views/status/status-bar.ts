import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import { describeClock } from '../../shared/words/durations.ts';

/** A status bar item during runs: number of tasks and elapsed time; a click opens Group Status. */
export class StatusBar implements vscode.Disposable {
  readonly #windowModel: WindowModel;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: { dispose(): void };
  readonly #ticker: NodeJS.Timeout;

  constructor(windowModel: WindowModel) {
    this.#windowModel = windowModel;
    this.#item = vscode.window.createStatusBarItem(
      'parallelGroups.status',
      vscode.StatusBarAlignment.Left,
    );
    this.#item.name = 'Parallel Groups';
    this.#item.command = COMMANDS.groupStatus;
    this.#subscription = windowModel.onChange(() => {
      this.#draw();
    });
    this.#ticker = setInterval(() => {
      this.#draw();
    }, 1000);
  }

  dispose(): void {
    clearInterval(this.#ticker);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const live = this.#windowModel
      .groups()
      .filter(({ run }) => run !== null && run.state !== 'ended');
    const [first] = live;
    if (first?.run === undefined || first.run === null) {
      this.#item.hide();
      return;
    }
    const needsYou = live
      .flatMap(({ tasks }) => tasks)
      .find(({ appearance }) => appearance === 'needs_you');
    const { completed, total } = first.counts;
    const stage =
      first.run.stage === null ? '' : `${first.run.stage.workflow} › ${first.run.stage.stage} › `;
    const names = live.length === 1 ? stage + first.title : `${live.length} groups`;
    const clock = describeClock(Date.now() - first.run.startedAt);
    this.#item.text =
      needsYou === undefined
        ? `$(loading~spin) ${names} ${completed}/${total} · ${clock}`
        : `$(bell-dot) ${needsYou.id} needs you`;
    this.#item.tooltip = live.map(({ title, detail }) => `${title}: ${detail}`).join('\n');
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t(
        'Parallel Groups: {0} running, {1} of {2} tasks done',
        names,
        completed,
        total,
      ),
    };
    this.#item.show();
  }
}
