import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { registerCompletion } from './completion/plan-completion.ts';
import { followPlanEditor, followPlanFiles } from './context-keys.ts';
import { PlanDiagnostics } from './diagnostics/plan-diagnostics.ts';
import { registerFixes } from './fixes/quick-fixes.ts';
import { registerHovers } from './hovers/plan-hovers.ts';
import { PlanLenses } from './lenses/plan-lenses.ts';
import { registerFileLinks } from './links/file-links.ts';
import { registerNavigation } from './links/plan-navigation.ts';
import { StatusMarks } from './marks/status-marks.ts';
import { PlanDocuments } from './plan/plan-documents.ts';

/** Registers all language features of plans. Loaded with the first plan, so that activation loads no parser. */
export function registerEditor(
  windowModel: WindowModel,
  log: vscode.LogOutputChannel,
  media: vscode.Uri,
): vscode.Disposable {
  const plans = new PlanDocuments(windowModel);
  return vscode.Disposable.from(
    new PlanDiagnostics(windowModel, plans, log),
    new PlanLenses(windowModel, plans),
    new StatusMarks(windowModel, plans, media),
    registerFixes(plans),
    registerHovers(plans),
    registerCompletion(plans),
    registerNavigation(plans),
    registerFileLinks(plans),
    followPlanEditor(windowModel),
    followPlanFiles(windowModel),
  );
}
