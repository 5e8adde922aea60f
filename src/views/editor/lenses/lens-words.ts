import type { COMMANDS } from '../../../shared/manifest.ts';
import { t } from '../../../shared/messages.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { describeClock, plural } from '../../../shared/words/durations.ts';
import { shortened } from '../../../shared/words/text.ts';
import { APPEARANCES } from '../../tree/model/appearances.ts';

/** The text of a code lens and the command that a click runs. */
export interface Lens {
  readonly title: string;
  readonly tooltip: string;
  /** `null` if the lens only shows its title. */
  readonly command: keyof typeof COMMANDS | null;
}

/** Characters of a detail; a lens is a single line, and tree and hover show the full text. */
const LONGEST_DETAIL = 80;

/** The lenses above a group's first task; none for a completed sequential group. `now`: ms since the epoch. */
export function groupLenses(group: GroupView, now: number): readonly Lens[] {
  const { run, counts } = group;
  if (run !== null && run.state !== 'ended') {
    return [liveLens(group, run, now)];
  }
  if (group.sequential && counts.completed === counts.total) {
    return [];
  }
  const retry: Lens = {
    title: '$(debug-rerun) Retry failed',
    tooltip: t('Runs only the tasks of {0} that did not succeed', plain(group.title)),
    command: 'retryFailed',
  };
  return [idleLens(group), ...(group.canRetry ? [retry] : [])];
}

/** The lens above a task of a running group: its state, with a link to its terminal if it has one. */
export function taskLens(task: TaskView): Lens {
  const { icon, word } = APPEARANCES[task.appearance];
  const detail = shortened(plain(task.detail), LONGEST_DETAIL);
  // The detail of a completed task is only its duration.
  const text = task.appearance === 'completed' ? `${word} · ${detail}` : detail || word;
  const title = `$(${icon}) ${text}`;
  return task.attempts > 0
    ? {
        title,
        tooltip: t('Show the terminal of {0}', plain(task.id)),
        command: 'showTerminal',
      }
    : { title, tooltip: plain(task.detail), command: null };
}

/** The lenses next to it: the commands on the task's agent during a run. */
export function steeringLenses(task: TaskView): readonly Lens[] {
  const id = plain(task.id);
  const changes: Lens = {
    title: t('Changes'),
    tooltip: t('Show what {0} changed so far', id),
    command: 'showChanges',
  };
  const nudge: Lens = {
    title: t('Nudge…'),
    tooltip: t('Tell the agent of {0} something', id),
    command: 'nudgeTask',
  };
  const stop: Lens = { title: t('Stop'), tooltip: t('Stop {0} alone', id), command: 'stopTask' };
  return [
    ...(task.canNudge ? [nudge] : []),
    ...(task.canStop && task.runnerPid !== null ? [stop] : []),
    // No snapshot of the files exists for a task that is a plain command.
    ...(task.attempts > 0 && task.run === null ? [changes] : []),
  ];
}

function liveLens(group: GroupView, run: NonNullable<GroupView['run']>, now: number): Lens {
  const { counts } = group;
  const clock = describeClock(now - run.startedAt);
  const facts = (word: string): string =>
    [`${counts.completed} of ${counts.total} done`, ...troubles(group), word].join(' · ');
  const title = plain(group.title);
  if (run.holder === 'nobody') {
    return {
      title: `$(debug-continue) Resume · ${facts('interrupted')}`,
      tooltip: t('Takes up the run of {0} that nobody coordinates', title),
      command: 'resumeGroup',
    };
  }
  switch (run.state) {
    case 'running':
      return group.canStop
        ? {
            title: `$(debug-stop) Stop · ${facts(`${runningWord(run)} ${clock}`)}`,
            tooltip: t('Ends every task of {0} that runs', title),
            command: 'stopGroup',
          }
        : status(`$(sync~spin) ${facts(`${runningWord(run)} ${clock}`)}`, title);
    case 'stopping':
      return status(`$(sync~spin) Stopping · ${facts(clock)}`, title);
    case 'suspended':
      return status(`$(debug-pause) Suspended · ${facts(clock)}`, title);
    case 'ended':
      return status(facts('ended'), title);
    default:
      return unreachable(run.state);
  }
}

function idleLens(group: GroupView): Lens {
  const { counts, run } = group;
  const progress =
    counts.completed === 0
      ? plural(counts.total, 'task')
      : `${counts.completed} of ${counts.total} done`;
  const facts = [progress, ...troubles(group), ...lastRun(group)].join(' · ');
  const title = plain(group.title);
  if (group.canRun) {
    const verb = group.sequential ? t('Run sequential tasks') : t('Run group');
    return { title: `$(play) ${verb} · ${facts}`, tooltip: runTooltip(group), command: 'runGroup' };
  }
  const done = counts.completed === counts.total ? '$(pass-filled) ' : '';
  return run === null
    ? { title: `${done}${facts}`, tooltip: title, command: null }
    : status(`${done}${facts}`, title);
}

function status(title: string, group: string): Lens {
  return { title, tooltip: t('Show the status of {0}', group), command: 'showStatusPanel' };
}

function runTooltip(group: GroupView): string {
  const title = plain(group.title);
  if (group.sequential) {
    return t('Runs the tasks without a group, one after the other');
  }
  const waves = group.waves.length;
  return waves > 1
    ? t('Runs the tasks of {0} in {1} waves', title, waves)
    : t('Runs the tasks of {0} at the same time', title);
}

function troubles({ counts, tasks }: GroupView): readonly string[] {
  const needy = tasks.find(({ appearance }) => appearance === 'needs_you');
  return [
    ...(needy === undefined ? [] : [`${plain(needy.id)} needs you`]),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.blocked > 0 ? [`${counts.blocked} blocked`] : []),
  ];
}

function lastRun({ run }: GroupView): readonly string[] {
  switch (run?.exitCode) {
    case undefined:
    case null:
      return [];
    case 0:
      return ['last run passed'];
    case 4:
      return ['last run ran out of time'];
    case 130:
      return ['last run stopped'];
    case 3:
      return ['last run left tasks blocked'];
    default:
      return ['last run failed'];
  }
}

function runningWord({ holder }: { readonly holder: 'mine' | 'other' | 'nobody' }): string {
  return holder === 'other' ? 'running elsewhere' : 'running';
}

/** Text from a plan or an agent, on one line; VS Code would render `$(name)` in it as an icon. */
function plain(text: string): string {
  return text.replaceAll('$(', '$ (').replaceAll(/\s+/g, ' ').trim();
}
