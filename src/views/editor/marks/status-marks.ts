import * as vscode from 'vscode';
import type { WindowModel } from '../../../host/window/window-model.ts';
import { keyOf } from '../plan/outlined-plan.ts';
import { type PlanDocument, type PlanDocuments, viewKey } from '../plan/plan-documents.ts';
import { tasksOf } from '../plan/task-views.ts';
import { type Mark, MARK_COLORS, markOf, MARKS } from './mark-of.ts';

/** Delay that batches changes into one update, ms. */
const DRAW_MS = 100;
/** Delay that batches edits, ms; in the meantime VS Code moves the marks with the text. */
const TYPING_MS = 500;

/** Shows the state of tasks in the margin and the overview ruler of the visible plans. */
export class StatusMarks implements vscode.Disposable {
  readonly #plans: PlanDocuments;
  readonly #types: ReadonlyMap<Mark, vscode.TextEditorDecorationType>;
  readonly #drawn = new WeakMap<vscode.TextEditor, string>();
  readonly #subscriptions: { dispose(): void }[];
  #timer: NodeJS.Timeout | null = null;

  constructor(windowModel: WindowModel, plans: PlanDocuments, media: vscode.Uri) {
    this.#plans = plans;
    this.#types = new Map(MARKS.map((mark) => [mark, decoration(mark, media)]));
    this.#subscriptions = [
      ...this.#types.values(),
      windowModel.onChange(() => {
        this.#scheduleDraw(DRAW_MS);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#scheduleDraw(DRAW_MS);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (plans.locate(document) !== null) {
          this.#scheduleDraw(TYPING_MS);
        }
      }),
    ];
    this.#scheduleDraw(DRAW_MS);
  }

  dispose(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #scheduleDraw(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#draw();
    }, ms);
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const plan = this.#plans.of(editor.document);
      const lines = plan === null ? new Map<Mark, readonly number[]>() : linesOf(plan);
      // VS Code moves marks with the text, so they must be set again after every edit, even if the lines are the same.
      const drawn = `${editor.document.version} ${JSON.stringify([...lines])}`;
      const before = this.#drawn.get(editor);
      if (before !== drawn && (before !== undefined || lines.size > 0)) {
        this.#drawn.set(editor, drawn);
        for (const [mark, type] of this.#types) {
          editor.setDecorations(type, (lines.get(mark) ?? []).map(atLine));
        }
      }
    }
  }
}

function linesOf({ document, folder, outlined }: PlanDocument): ReadonlyMap<Mark, number[]> {
  const views = tasksOf(folder);
  const found = new Map<Mark, number[]>();
  for (const outlinedTask of outlined.tasks) {
    const key = keyOf(outlinedTask);
    const viewed = views.get(viewKey(folder, key));
    const mark = viewed === undefined ? null : markOf(viewed.task, viewed.group.run);
    if (mark !== null && outlined.task(key) === outlinedTask) {
      const line = document.positionAt(outlinedTask.head.start).line;
      const known = found.get(mark);
      if (known === undefined) {
        found.set(mark, [line]);
      } else {
        known.push(line);
      }
    }
  }
  return found;
}

function atLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

function decoration(mark: Mark, media: vscode.Uri): vscode.TextEditorDecorationType {
  const picture = (theme: string) => ({
    gutterIconPath: vscode.Uri.joinPath(media, 'marks', theme, `${mark}.svg`),
  });
  return vscode.window.createTextEditorDecorationType({
    dark: picture('dark'),
    light: picture('light'),
    gutterIconSize: '75%',
    overviewRulerColor: new vscode.ThemeColor(MARK_COLORS[mark]),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
