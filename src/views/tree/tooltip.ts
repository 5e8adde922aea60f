import * as vscode from 'vscode';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { describeDuration } from '../../shared/words/durations.ts';
import { evidenceMark, evidenceParts } from '../../shared/words/evidence-words.ts';
import { escapeMarkdown } from '../editor/plan/escape-markdown.ts';

function markdown(lines: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(lines.filter((line) => line !== '').join('\n\n'));
  text.supportThemeIcons = false;
  text.supportHtml = false;
  text.isTrusted = false;
  return text;
}

const REASONS: Readonly<Record<TaskView['subagentReason'], string>> = {
  metadata: 'named by the task',
  detected: 'detected from its words',
  default: 'the default',
};

/** The tooltip of a task: the facts that do not fit into its row. `tail`: the last lines of its output. */
export function taskTooltip(task: TaskView, tail: string): vscode.MarkdownString {
  const dependencies = task.dependencies.map(
    ({ id, status }) => `${escapeMarkdown(id)} (${status.replace('_', ' ')})`,
  );
  const text = markdown([
    `**${escapeMarkdown(`${task.id} ${task.title}`)}**`,
    `${escapeMarkdown(task.place.file)}:${task.place.line}`,
    escapeMarkdown(task.detail),
    task.why === null || task.appearance === 'failed'
      ? ''
      : vscode.l10n.t('Why it is not running: {0}', escapeMarkdown(task.why)),
    vscode.l10n.t(
      'Subagent: {0} — {1}',
      escapeMarkdown(task.subagent),
      REASONS[task.subagentReason],
    ),
    dependencies.length === 0 ? '' : vscode.l10n.t('Depends on: {0}', dependencies.join(', ')),
    task.run === null ? '' : vscode.l10n.t('Runs: {0}', escapeMarkdown(task.run)),
    task.test === undefined ? '' : vscode.l10n.t('Proven by: {0}', escapeMarkdown(task.test)),
    task.noChange === true ? vscode.l10n.t('No file has to change for it.') : '',
    timing(task),
    task.summary === null ? '' : escapeMarkdown(task.summary.slice(0, 500)),
    ...task.evidence.map(
      (each) => `${evidenceMark(each)} ${escapeMarkdown(evidenceParts(each).sentence)}`,
    ),
    task.closeProblem === null
      ? ''
      : vscode.l10n.t('Not closed: {0}', escapeMarkdown(task.closeProblem)),
    task.failure?.remedy === undefined ? '' : escapeMarkdown(task.failure.remedy),
  ]);
  return tail === '' ? text : text.appendCodeblock(tail, 'text');
}

function timing({ attempts, startedAt, endedAt }: TaskView): string {
  if (attempts === 0 || startedAt === null) {
    return '';
  }
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  return endedAt === null ? tries : `${tries}, ${describeDuration(endedAt - startedAt)}`;
}

/** The tooltip of a group: the facts that do not fit into its row. */
export function groupTooltip(group: GroupView): vscode.MarkdownString {
  const { run } = group;
  return markdown([
    `**${escapeMarkdown(group.title)}** — ${escapeMarkdown(group.source)}`,
    escapeMarkdown(group.detail),
    group.waves.length > 1 ? `${group.waves.length} waves` : '',
    run?.tests === null || run === null ? '' : escapeMarkdown(run.tests.message),
    ...(run?.errors ?? []).map((error) => `✗ ${escapeMarkdown(error)}`),
    ...(run?.warnings ?? []).map((warning) => `⚠ ${escapeMarkdown(warning)}`),
    ...group.problems.map(
      ({ message, place }) =>
        `⚠ ${place === null ? '' : `line ${place.line}: `}${escapeMarkdown(message)}`,
    ),
  ]);
}
