import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { plural } from '../../../shared/words/durations.ts';
import { APPEARANCES } from '../../tree/model/appearances.ts';
import { escapeMarkdown } from '../plan/escape-markdown.ts';

/** Limits that keep a hover readable. */
const MOST_MEMBERS = 12;
const MOST_PROBLEMS = 5;

const REASONS: Readonly<Record<TaskView['subagentReason'], string>> = {
  metadata: 'named by the task',
  detected: 'detected from its words',
  default: 'the default',
};

/** The paragraphs of a group marker's hover, as Markdown: state, members, order, predicted overlaps. */
export function groupWords(group: GroupView): readonly string[] {
  const { title, detail, tasks, problems } = group;
  const overlaps = problems.filter(({ code }) => code === 'shared-file');
  return [
    `**${escapeMarkdown(title)}** · ${escapeMarkdown(detail)}`,
    listed(tasks.map(member), MOST_MEMBERS),
    orderOf(group),
    ...limited(
      overlaps.map(({ message }) => `⚠ ${escapeMarkdown(message)}`),
      MOST_PROBLEMS,
      'overlap',
    ),
  ].filter((paragraph) => paragraph !== '');
}

/** The paragraphs of the hover of a marker whose group the plan does not have yet. */
export function newGroupWords(id: string): readonly string[] {
  return [`**${escapeMarkdown(id)}** · known once the file is saved`];
}

/** The paragraphs of a task's hover, as Markdown: state, subagent with the reason, blocking tasks. */
export function taskWords(task: TaskView): readonly string[] {
  const { appearance, detail, run, test, noChange, blockedBy, dependencies } = task;
  const word = APPEARANCES[appearance].word;
  const state = detail === '' || detail === word ? word : `${word} · ${detail}`;
  const done = appearance === 'completed';
  return [
    headline(task),
    capitalised(escapeMarkdown(state)),
    ...(done ? [] : [run === null ? subagentOf(task) : t('Runs {0}', escapeMarkdown(run))]),
    ...(test === undefined ? [] : [t('Proven by {0}', escapeMarkdown(test))]),
    ...(noChange === true ? [t('No file has to change for it')] : []),
    ...(blockedBy.length === 0
      ? []
      : [t('Held back by {0}', blockedBy.map((each) => named(each.id, each.status)).join(', '))]),
    ...(dependencies.length === 0
      ? []
      : [t('Depends on {0}', dependencies.map((each) => named(each.id, each.status)).join(', '))]),
  ];
}

/** The paragraphs of a dependency's hover: the task that it names, its state and place. */
export function dependencyWords(task: TaskView): readonly string[] {
  const { place, detail, appearance } = task;
  const { word } = APPEARANCES[appearance];
  const state = detail === '' || detail === word ? word : `${word} · ${detail}`;
  return [
    headline(task),
    capitalised(escapeMarkdown(state)),
    `${escapeMarkdown(place.file)}:${place.line}`,
  ];
}

/** The paragraph of the hover of an unresolved dependency. */
export function unknownWords(written: string, ambiguous: boolean): readonly string[] {
  const name = escapeMarkdown(written);
  return [
    ambiguous
      ? t('Several plans have a task “{0}”. Write it as *file*\\#{1}.', name, name)
      : t('No task has the id “{0}”.', name),
  ];
}

function headline({ id, title }: TaskView): string {
  return `**${escapeMarkdown(`${id} ${title}`)}**`;
}

function member({ appearance, id, title, subagent, run }: TaskView): string {
  const { word } = APPEARANCES[appearance];
  const executor = run === null ? subagent : 'its own command';
  return `${escapeMarkdown(`${id} ${title}`)} — ${escapeMarkdown(executor)}, ${word}`;
}

function subagentOf({ subagent, subagentReason, agent }: TaskView): string {
  const by = agent === null ? '' : ` by ${escapeMarkdown(agent)}`;
  return t('Subagent {0}, {1}{2}', escapeMarkdown(subagent), REASONS[subagentReason], by);
}

/** The order of the waves: commas between tasks that run in parallel, an arrow before the next wave. */
function orderOf({ waves, tasks, sequential }: GroupView): string {
  if (waves.length < 2 || sequential) {
    return '';
  }
  const ids = new Map<TaskKey, string>(tasks.map(({ key, id }) => [key, id]));
  const steps = waves.map((wave) => wave.map((key) => ids.get(key) ?? key));
  if (steps.flat().length > MOST_MEMBERS * 3) {
    return t('Order: {0}', plural(waves.length, 'wave'));
  }
  return t('Order: {0}', steps.map((wave) => escapeMarkdown(wave.join(', '))).join(' → '));
}

function listed(items: readonly string[], most: number): string {
  return limited(items, most, 'task')
    .map((item) => `- ${item}`)
    .join('\n');
}

function limited(items: readonly string[], most: number, noun: string): readonly string[] {
  const more = items.length - most;
  return more < 2 ? items : [...items.slice(0, most), plural(more, `more ${noun}`)];
}

function named(id: string, status: string): string {
  return `${escapeMarkdown(id)} (${status.replace('_', ' ')})`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
