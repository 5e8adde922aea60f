import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { WindowModel } from '../../../host/window/window-model.ts';
import type { GroupKey } from '../../../shared/ids.ts';
import { COMMANDS } from '../../../shared/manifest.ts';
import type { GroupView } from '../../../shared/view-models/group-views.ts';
import { keyOf } from '../plan/outlined-plan.ts';
import {
  type PlanDocument,
  type PlanDocuments,
  rangeOf,
  SELECTOR,
  viewKey,
} from '../plan/plan-documents.ts';
import { tasksOf } from '../plan/task-views.ts';
import { groupLenses, type Lens, steeringLenses, taskLens } from './lens-words.ts';

/**
 * Shortest time between two updates, ms. VS Code requests lenses again only after a pause between change events, and a
 * slow machine needs a longer pause: events without one would never show.
 */
const PAUSE_MS = 2000;
/** Delay that batches changes into one update, ms. */
const DRAW_MS = 200;
/** Interval at which elapsed times are refreshed, ms. */
const TICK_MS = 5000;

interface PlacedLens extends Lens {
  readonly at: Span;
  readonly argument: { readonly group: string } | { readonly task: string };
}

/** Code lenses above the first task of every group, and above each task of a running group. */
export class PlanLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #plans: PlanDocuments;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: { dispose(): void }[];
  readonly #ticker: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #drawn = '';
  #drawnAt = 0;

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(windowModel: WindowModel, plans: PlanDocuments) {
    this.#plans = plans;
    this.#subscriptions = [
      this.#changes,
      windowModel.onChange(() => {
        this.#scheduleRefresh();
      }),
      vscode.languages.registerCodeLensProvider(SELECTOR, this),
    ];
    this.#ticker = setInterval(() => {
      if (windowModel.groups().some(isLive)) {
        this.#scheduleRefresh();
      }
    }, TICK_MS);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const plan = this.#plans.of(document);
    return plan === null ? [] : lensesOf(plan).map((lens) => drawn(lens, document));
  }

  dispose(): void {
    clearInterval(this.#ticker);
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #scheduleRefresh(): void {
    const wait = Math.max(DRAW_MS, this.#drawnAt + PAUSE_MS - Date.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#refresh();
    }, wait);
  }

  /** Makes VS Code request the lenses again if the title of a visible one has changed. */
  #refresh(): void {
    const titles = JSON.stringify(
      this.#plans.visible().map((plan) => lensesOf(plan).map(({ title }) => title)),
    );
    if (titles !== this.#drawn) {
      this.#drawn = titles;
      this.#drawnAt = Date.now();
      this.#changes.fire();
    }
  }
}

function lensesOf(plan: PlanDocument): readonly PlacedLens[] {
  const { folder, outlined } = plan;
  const views = tasksOf(folder);
  const now = Date.now();
  const headed = new Set<GroupKey>();
  const seen = new Set<string>();
  return outlined.tasks.flatMap((outlinedTask) => {
    const key = viewKey(folder, keyOf(outlinedTask));
    const viewed = views.get(key);
    if (viewed === undefined || seen.has(key)) {
      return [];
    }
    seen.add(key);
    const { task, group } = viewed;
    const at = outlinedTask.head;
    const isFirst = !headed.has(group.key) && beginsIn(group, plan);
    headed.add(group.key);
    const heading = isFirst ? groupLenses(group, now) : [];
    return [
      ...heading.map((lens) => ({ ...lens, at, argument: { group: group.key } })),
      ...(isLive(group) ? [taskLens(task), ...steeringLenses(task)] : []).map((lens) => ({
        ...lens,
        at,
        argument: { task: task.key },
      })),
    ];
  });
}

/** Whether a document holds the first task of a group; a group in several files has its lens in the first of them. */
function beginsIn({ tasks: [first] }: GroupView, { folder, path }: PlanDocument): boolean {
  return first?.place.file === folder.prefix + path;
}

function isLive({ run }: GroupView): boolean {
  return run !== null && run.state !== 'ended';
}

function drawn(lens: PlacedLens, document: vscode.TextDocument): vscode.CodeLens {
  const { title, tooltip, command, at, argument } = lens;
  return new vscode.CodeLens(rangeOf(document, at), {
    // VS Code does not render a plain space after an icon.
    title: title.replace(/^(\$\([^)]*\)) /, '$1\u00A0'),
    tooltip,
    command: command === null ? '' : COMMANDS[command],
    arguments: [argument],
  });
}
