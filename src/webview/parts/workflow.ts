import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { TaskAppearance } from '../../shared/view-models/group-views.ts';
import type { StageView, WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { plural } from '../../shared/words/durations.ts';
import { statusIcon } from './elements/icons.ts';
import { MAX_ITEMS, omission, section } from './elements/section.ts';

const APPEARANCES: Readonly<Record<StageView['state'], TaskAppearance>> = {
  waiting: 'pending',
  running: 'running',
  completed: 'completed',
  skipped: 'waiting',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Renders the workflow of the group's run: its stages with their gates, and the number of loops. */
export function workflow(view: WorkflowView): TemplateResult {
  const { name, stages, errors } = view;
  const errorList = html`<ul class="plain">
      ${errors.slice(0, MAX_ITEMS).map((error) => html`<li>${statusIcon('failed')}${error}</li>`)}
    </ul>
    ${omission(errors.length - MAX_ITEMS, 'more error')}`;
  return section(
    'workflow',
    t('Workflow {0}', name),
    0,
    html`<ol class="plain">
        ${stages.map(stage)}
      </ol>
      <p class="muted">${describeProgress(view)}</p>
      ${errors.length === 0 ? nothing : errorList}`,
  );
}

/** Describes the workflow's progress beyond its stages. */
function describeProgress({ state, detail, loops, maxLoops }: WorkflowView): string {
  switch (state) {
    case 'running':
      return t('Went back to development {0} of at most {1}.', loops, plural(maxLoops, 'time'));
    case 'interrupted':
      return t('It was interrupted at {0}. Choose Run Workflow… to resume it.', detail);
    case 'completed':
    case 'failed':
    case 'cancelled':
      return detail;
    default:
      return unreachable(state);
  }
}

function stage({ id, state, loop, detail, gate, gateOpen }: StageView): TemplateResult {
  const loopSuffix = loop === 0 ? '' : `, loop ${loop}`;
  const gateSuffix = gateOpen === null ? '' : gateOpen ? ', open' : ', closed';
  return html`<li aria-current=${state === 'running' ? 'step' : nothing}>
    ${statusIcon(APPEARANCES[state])}<span
      ><span class="id">${id}</span> ${state}${loopSuffix} ·
      ${detail}${gate === null ? nothing : html` · ${t('gate: {0}', gate)}${gateSuffix}`}</span
    >
  </li>`;
}
