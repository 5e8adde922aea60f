import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../../shared/messages.ts';
import type { TaskView } from '../../../shared/view-models/group-views.ts';
import { describeUsage, exactTime } from '../../facts/amounts.ts';
import { tries } from '../../facts/appearance.ts';
import { evidenceList } from './evidence-list.ts';

const REASONS: Readonly<Record<TaskView['subagentReason'], string>> = {
  metadata: 'named in the plan',
  detected: 'chosen by the words of the task',
  default: 'the default',
};

/** Renders everything known about a task. Omits entries without a value. */
export function taskDetails(task: TaskView): TemplateResult {
  return html`<dl>
    ${entries(task).map(
      ([term, content]) =>
        html`<dt>${term}</dt>
          <dd>${content}</dd>`,
    )}
  </dl>`;
}

function entries(task: TaskView): (readonly [term: string, content: unknown])[] {
  const { failure, run, test, summary, usage, closeProblem, why, startedAt, endedAt } = task;
  const all: readonly (readonly [string, unknown])[] = [
    // The row of a failed task shows its failure already, so this shows only the failure of an earlier attempt.
    [t('Last failure'), task.appearance === 'failed' ? nothing : (failure?.message ?? nothing)],
    [t('Why it is not running'), task.appearance === 'failed' ? nothing : (why ?? nothing)],
    [t('Not closed yet'), closeProblem ?? nothing],
    [t('Blocked by'), list(task.blockedBy.map(({ id, status }) => `${id} (${status})`))],
    [t('Evidence'), evidence(task)],
    [t('It said'), summary ?? nothing],
    [
      t('Depends on'),
      list(task.dependencies.map(({ id, status }) => `${id} (${statusWords(status)})`)),
    ],
    [t('Files'), list(task.files)],
    [t('Runs'), run === null ? nothing : html`<code>${run}</code>`],
    [t('Proven by'), test === undefined ? nothing : html`<code>${test}</code>`],
    [t('Changes'), task.noChange === true ? t('No file has to change for it.') : nothing],
    [t('Subagent'), `${task.subagent}, ${REASONS[task.subagentReason]}`],
    [t('Agent'), task.agent ?? nothing],
    [t('Tries'), task.attempts === 0 ? nothing : tries(task)],
    [t('Used'), usage === null ? nothing : describeUsage(usage)],
    [t('Started'), startedAt === null ? nothing : exactTime(startedAt)],
    [t('Ended'), endedAt === null ? nothing : exactTime(endedAt)],
    [t('In the plan'), `${task.place.file}:${task.place.line}`],
  ];
  return all.filter(([, content]) => content !== nothing);
}

function evidence(task: TaskView): unknown {
  if (task.evidence.length === 0) {
    return task.attempts === 0
      ? nothing
      : t('None yet: it is looked for when the agent says that it is done.');
  }
  return evidenceList(task.evidence);
}

function list(items: readonly string[]): unknown {
  return items.length === 0 ? nothing : items.join(', ');
}

function statusWords(status: string): string {
  return status.replace('_', ' ');
}
