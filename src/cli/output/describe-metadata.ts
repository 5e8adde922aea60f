import type { ResultMetadata } from '../../coordinator/schema/metadata.ts';
import { duration } from '../../runner/terminal/words.ts';
import { t } from '../../shared/messages.ts';
import type { ShownMetadata } from './metadata.ts';
import { table, visibleLine } from './table.ts';

/** Describes a group for a person: one line for the group, one for each task, then warnings and further facts. */
export function describeMetadata(group: ShownMetadata): string {
  const tasks = table(
    group.results.map((result) => describeResult(result, group.run_id !== null)),
    '  ',
  );
  const notes = [...group.warnings.map((warning) => t('warning: {0}', warning)), ...group.errors];
  return [
    heading(group),
    ...(tasks === '' ? [] : [tasks]),
    ...testLines(group),
    ...notes.map((note) => `  ${visibleLine(note)}`),
    ...group.proposed_tasks.map((task) => `  ${t('proposed: {0}', visibleLine(task))}`),
    ...(group.report === null ? [] : [`  ${t('report: {0}', visibleLine(group.report))}`]),
  ].join('\n');
}

function heading(group: ShownMetadata): string {
  const { summary, run_id, exit_code } = group;
  const parts = [
    `${visibleLine(group.group_id)} (${visibleLine(group.source)})`,
    statusWords(group),
    t('{0} of {1} done', summary.ok, summary.total),
    ...(summary.failed > 0 ? [t('{0} failed', summary.failed)] : []),
    ...(summary.blocked > 0 ? [t('{0} blocked', summary.blocked)] : []),
    ...(summary.cancelled > 0 ? [t('{0} stopped', summary.cancelled)] : []),
    ...spent(group.started_at, group.completed_at),
    ...(run_id === null ? [] : [t('run {0}', run_id)]),
    ...(exit_code === null || exit_code === 0 ? [] : [t('exit code {0}', exit_code)]),
  ];
  return parts.join(' · ');
}

function statusWords({ status, held_by, run_id, exit_code }: ShownMetadata): string {
  const word = status.replaceAll('_', ' ');
  if (run_id === null) {
    return status === 'pending' ? t('never ran') : word;
  }
  if (exit_code !== null || status !== 'in_progress') {
    return word;
  }
  return held_by === null
    ? t('interrupted, resume it to go on')
    : t('in progress, by {0}', held_by);
}

/** `ran`: whether the group has run; before its first run, the reasons of tasks are not shown. */
function describeResult(result: ResultMetadata, ran: boolean): string[] {
  const { task_id, status, attempts, agent } = result;
  return [
    task_id,
    status.replaceAll('_', ' '),
    agent ?? '',
    spent(result.started_at, result.completed_at).join(''),
    attempts > 1 ? t('{0} attempts', attempts) : '',
    detail(result) || (ran ? (result.why ?? '') : ''),
  ];
}

function detail(result: ResultMetadata): string {
  if (result.error !== undefined) {
    return result.error;
  }
  if (result.blocked_by.length > 0) {
    return t('blocked by {0}', result.blocked_by.join(', '));
  }
  if (result.status === 'completed' && !result.closed) {
    return t('proven, not yet closed');
  }
  return result.summary ?? '';
}

function spent(from: string | null, to: string | null): string[] {
  if (from === null || to === null) {
    return [];
  }
  return [duration(Date.parse(to) - Date.parse(from))];
}

function testLines({ tests }: ShownMetadata): string[] {
  if (tests === null) {
    return [];
  }
  const { status, total, passed, failed, command } = tests;
  const counts =
    total === null
      ? ''
      : `, ${t('{0} in all, {1} passed, {2} failed', total, passed ?? 0, failed ?? 0)}`;
  const origin = command === null ? '' : ` (${visibleLine(command)})`;
  return [`  ${t('tests: {0}', status)}${counts}${origin}`];
}
