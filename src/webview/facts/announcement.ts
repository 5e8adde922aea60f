import { t } from '../../shared/messages.ts';
import { PHASE_TITLES } from '../../shared/status.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import { describeGroupState } from './group-state.ts';

/**
 * The text that a screen reader announces when the panel changes from `before` to `after`: a new phase, a question, a
 * failure, the end. `null` if none of these happened or the panel shows another group.
 */
export function announcement(before: GroupView | null, after: GroupView | null): string | null {
  if (after === null || before?.key !== after.key) {
    return null;
  }
  const sentences = [...runSentences(before, after), ...taskSentences(before, after)];
  return sentences.length === 0 ? null : sentences.join(' ');
}

function runSentences(before: GroupView, after: GroupView): string[] {
  const { run } = after;
  if (run === null) {
    return [];
  }
  const previous = before.run?.id === run.id ? before.run : null;
  if (run.endedAt !== null) {
    // Announces only the end if a short run started and ended between two snapshots.
    return previous !== null && previous.endedAt !== null ? [] : [endSentence(after)];
  }
  return previous?.phase === run.phase ? [] : [t('{0} has started.', PHASE_TITLES[run.phase]())];
}

function endSentence(group: GroupView): string {
  const { completed, total, blocked } = group.counts;
  const { word } = describeGroupState(group, group.run?.endedAt ?? 0);
  const blockedCount = blocked > 0 ? `, ${blocked} blocked` : '';
  const tests = group.run?.tests?.message ?? '';
  return `${group.title}: ${word}. ${completed} of ${plural(total, 'task')} completed${blockedCount}. ${tests}`.trim();
}

function taskSentences(before: GroupView, after: GroupView): string[] {
  const previous = new Map(before.tasks.map((task) => [task.key, task.appearance]));
  return after.tasks.flatMap((task) => {
    if (previous.get(task.key) === task.appearance) {
      return [];
    }
    if (task.appearance === 'needs_you') {
      return [`${task.id} ${task.detail}`];
    }
    return task.appearance === 'failed'
      ? [`${task.id} failed: ${task.failure?.message ?? task.detail}`]
      : [];
  });
}
