import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../../../shared/messages.ts';
import type { TaskView } from '../../../shared/view-models/group-views.ts';
import { describeDuration, plural } from '../../../shared/words/durations.ts';
import { APPEARANCE_WORDS, tries } from '../../facts/appearance.ts';
import type { PanelActions, PanelModel } from '../../facts/panel-model.ts';
import { ROWS_PER_STEP, visibleTasks } from '../../facts/visible-tasks.ts';
import { actionButton } from '../elements/action-button.ts';
import { chevron, statusIcon } from '../elements/icons.ts';
import { empty, section } from '../elements/section.ts';
import { timeAt } from '../elements/time.ts';
import { taskActions } from './task-actions.ts';
import { taskDetails } from './task-details.ts';

/** `minor`: hidden in a narrow panel. */
const COLUMNS: readonly { readonly title: () => string; readonly minor?: true }[] = [
  { title: () => t('Task') },
  { title: () => t('Status') },
  { title: () => t('Now') },
  { title: () => t('Subagent'), minor: true },
  { title: () => t('Agent'), minor: true },
  { title: () => t('Tries'), minor: true },
  { title: () => t('Time') },
  { title: () => t('Actions') },
];

/** The state of the table. */
export interface TableModel extends Pick<PanelModel, 'expanded' | 'rows'> {
  /** Now or the run's end, ms since the epoch. */
  readonly until: number;
}

/** Renders the group's tasks in plan order. Each row expands to the details of its task. */
export function taskTable(
  tasks: readonly TaskView[],
  { expanded, rows, until }: TableModel,
  actions: PanelActions,
): TemplateResult {
  const shown = visibleTasks(tasks, rows);
  const content =
    tasks.length === 0
      ? empty(t('The group has no tasks any more. Its plan file was changed.'))
      : html`<div class="scroller" role="region" aria-label=${t('Task table')} tabindex="0">
            <table>
              <thead>
                <tr>
                  ${COLUMNS.map(({ title, minor }) => html`<th scope="col" class=${minor === true ? 'minor' : nothing}>${title()}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  shown,
                  ({ key }) => key,
                  (task, index) => row(task, index, expanded.has(task.key), until, actions),
                )}
              </tbody>
            </table>
          </div>
          ${moreButton(tasks.length - shown.length, actions)}`;
  return section('tasks', t('Tasks'), tasks.length, content);
}

function moreButton(hidden: number, actions: PanelActions): TemplateResult | typeof nothing {
  return hidden === 0
    ? nothing
    : html`<p class="more">
        ${actionButton({
          label: t('Show {0} more', Math.min(hidden, ROWS_PER_STEP)),
          kind: 'secondary',
          refusal: null,
          click: actions.showMore,
        })}
        <span class="muted">${t('{0} not shown', plural(hidden, 'task'))}</span>
      </p>`;
}

function row(
  task: TaskView,
  index: number,
  open: boolean,
  until: number,
  actions: PanelActions,
): TemplateResult {
  const id = `task-${index}`;
  return html`<tr class="task ${task.appearance}">
      <th scope="row" class="task">
        <button
          type="button"
          class="toggle"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${open ? id : nothing}
          @click=${() => {
            actions.toggle(task.key);
          }}
        >
          ${chevron()}<span
            ><span class="id">${task.id}</span> <span class="title">${task.title}</span></span
          >
        </button>
      </th>
      <td class="status">
        <span class="state ${task.appearance}"
          >${statusIcon(task.appearance)}<span class="word"
            >${APPEARANCE_WORDS[task.appearance]()}</span
          ></span
        >
      </td>
      <td class="now">${nowCell(task)}</td>
      <td class="minor">${task.subagent}</td>
      <td class="minor">${task.agent ?? ''}</td>
      <td class="minor number">${tries(task)}</td>
      <td class="number">${duration(task, until)}</td>
      <td class="actions">${taskActions(task, actions)}</td>
    </tr>
    ${
      open
        ? html`<tr class="details" id=${id}>
            <td colspan=${COLUMNS.length}>${taskDetails(task)}</td>
          </tr>`
        : nothing
    }`;
}

/** Renders a failure's reason and remedy, or else the task's most relevant fact. */
function nowCell(task: TaskView): TemplateResult {
  if (task.appearance === 'failed' && task.failure !== null) {
    const { message, remedy } = task.failure;
    return html`<span class="reason">${message}</span>${
        remedy === undefined ? nothing : html` <span class="muted">${remedy}</span>`
      }`;
  }
  const fact = isProven(task) ? (task.closeProblem ?? task.summary) : (task.step ?? task.detail);
  // Omits the subagent, the only fact about a task before its first event, because it has its own column.
  return html`<span class="clamped">${fact === task.subagent ? '' : (fact ?? '')}</span>`;
}

/** Whether the task is proven, so that its detail would only repeat its status. */
function isProven({ appearance }: TaskView): boolean {
  return appearance === 'completed' || appearance === 'proven';
}

function duration(
  { startedAt, endedAt }: TaskView,
  until: number,
): TemplateResult | typeof nothing {
  return startedAt === null
    ? nothing
    : timeAt(startedAt, describeDuration((endedAt ?? until) - startedAt));
}
