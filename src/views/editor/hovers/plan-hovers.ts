import * as vscode from 'vscode';
import { asGroupId, groupKey } from '../../../shared/ids.ts';
import { findDependency } from '../plan/find-dependency.ts';
import { keyOf, type PlanSpot } from '../plan/outlined-plan.ts';
import {
  type PlanDocument,
  type PlanDocuments,
  rangeOf,
  SELECTOR,
  viewKey,
} from '../plan/plan-documents.ts';
import { tasksOf } from '../plan/task-views.ts';
import {
  dependencyWords,
  groupWords,
  newGroupWords,
  taskWords,
  unknownWords,
} from './hover-words.ts';

/** Shows hovers for group markers, for dependencies, and for tasks at their checkbox or id. */
export function registerHovers(plans: PlanDocuments): vscode.Disposable {
  return vscode.languages.registerHoverProvider(SELECTOR, {
    provideHover: (document, position) => {
      const plan = plans.of(document);
      const offset = document.offsetAt(position);
      const spot = plan?.outlined.spotAt(offset);
      if (plan === null || spot === undefined || (spot.kind === 'task' && !onBox(spot, offset))) {
        return undefined;
      }
      const words = wordsOf(plan, spot);
      const span = spot.kind === 'task' ? boxOf(spot) : spot.span;
      return words.length === 0
        ? undefined
        : new vscode.Hover(markdown(words), rangeOf(document, span));
    },
  });
}

/** Characters that cover any bullet with its checkbox; the title has no hover, so that it stays readable. */
const BOX_LENGTH = 6;

function boxOf({ span: { start, end } }: PlanSpot): { start: number; end: number } {
  return { start, end: Math.min(end, start + BOX_LENGTH) };
}

function onBox(spot: PlanSpot, offset: number): boolean {
  return offset <= boxOf(spot).end;
}

function wordsOf(plan: PlanDocument, spot: PlanSpot): readonly string[] {
  const { folder } = plan;
  const views = tasksOf(folder);
  const own = views.get(viewKey(folder, keyOf(spot.task)));
  switch (spot.kind) {
    case 'id':
    case 'task':
      return own === undefined ? [] : taskWords(own.task);
    case 'group': {
      const key = folder.prefix + groupKey(spot.task.source, asGroupId(spot.id));
      const group = folder.groups().find((each) => each.key === key);
      return group === undefined ? newGroupWords(spot.id) : groupWords(group);
    }
    case 'dependency': {
      const found = findDependency(
        folder.workspace.plans.current(),
        spot.task,
        spot.dependency.written,
      );
      const named = found.key === null ? undefined : views.get(viewKey(folder, found.key));
      return named === undefined
        ? unknownWords(spot.dependency.written, found.ambiguous)
        : dependencyWords(named.task);
    }
  }
}

/** Joins paragraphs, all of whose text is escaped; without HTML, icons and commands. */
function markdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(paragraphs.join('\n\n'));
  text.supportHtml = false;
  text.supportThemeIcons = false;
  text.isTrusted = false;
  return text;
}
