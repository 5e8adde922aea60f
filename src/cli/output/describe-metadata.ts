import type { ResultMetadata } from '../../coordinator/schema/metadata.ts';
import { duration } from '../../runner/terminal/words.ts';
import type { ShownMetadata } from './metadata.ts';
import { oneLine, table } from './table.ts';

/** A group for a person: one line for the whole, one for each task, then what else there is to know. */
export function describeMetadata(group: ShownMetadata): string {
  const tasks = table(
    group.results.map((result) => describeResult(result, group.run_id !== null)),
    '  ',
  );
  const notes = [...group.warnings.map((warning) => `warning: ${warning}`), ...group.errors];
  return [
    heading(group),
    ...(tasks === '' ? [] : [tasks]),
    ...testLines(group),
    ...notes.map((note) => `  ${oneLine(note)}`),
    ...group.proposed_tasks.map((task) => `  proposed: ${oneLine(task)}`),
    ...(group.report === null ? [] : [`  report: ${oneLine(group.report)}`]),
  ].join('\n');
}

function heading(group: ShownMetadata): string {
  const { summary, run_id, exit_code } = group;
  const parts = [
    `${oneLine(group.group_id)} (${oneLine(group.source)})`,
    statusWords(group),
    `${summary.ok} of ${summary.total} done`,
    ...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
    ...(summary.blocked > 0 ? [`${summary.blocked} blocked`] : []),
    ...(summary.cancelled > 0 ? [`${summary.cancelled} stopped`] : []),
    ...spent(group.started_at, group.completed_at),
    ...(run_id === null ? [] : [`run ${run_id}`]),
    ...(exit_code === null || exit_code === 0 ? [] : [`exit code ${exit_code}`]),
  ];
  return parts.join(' · ');
}

function statusWords({ status, held_by, run_id, exit_code }: ShownMetadata): string {
  const word = status.replaceAll('_', ' ');
  if (run_id === null) {
    return status === 'pending' ? 'never ran' : word;
  }
  if (exit_code !== null || status !== 'in_progress') {
    return word;
  }
  return held_by === null ? 'interrupted, resume it to go on' : `in progress, by ${held_by}`;
}

/** `ran`: before the first run of its group nothing needs to be explained. */
function describeResult(result: ResultMetadata, ran: boolean): string[] {
  const { task_id, status, attempts, agent } = result;
  return [
    task_id,
    status.replaceAll('_', ' '),
    agent ?? '',
    spent(result.started_at, result.completed_at).join(''),
    attempts > 1 ? `${attempts} attempts` : '',
    detail(result) || (ran ? (result.why ?? '') : ''),
  ];
}

function detail(result: ResultMetadata): string {
  if (result.error !== undefined) {
    return result.error;
  }
  if (result.blocked_by.length > 0) {
    return `blocked by ${result.blocked_by.join(', ')}`;
  }
  if (result.status === 'completed' && !result.closed) {
    return 'proven, not yet closed';
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
    total === null ? '' : `, ${total} in all, ${passed ?? 0} passed, ${failed ?? 0} failed`;
  return [`  tests: ${status}${counts}${command === null ? '' : ` (${oneLine(command)})`}`];
}
