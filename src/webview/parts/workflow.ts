import { html, nothing, type TemplateResult } from 'lit';
import type { TaskAppearance } from '../../shared/views.ts';
import type { StageView, WorkflowView } from '../../shared/workflow-view.ts';
import { statusIcon } from './icons.ts';
import { MOST_ITEMS, omission, section } from './section.ts';

const LOOKS: Readonly<Record<StageView['state'], TaskAppearance>> = {
  waiting: 'pending',
  running: 'running',
  completed: 'completed',
  skipped: 'waiting',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** The workflow that the group's run is part of: its stages with their gates, and how often it went back. */
export function workflow(view: WorkflowView): TemplateResult {
  const { name, detail, stages, errors, loops, maxLoops } = view;
  const back =
    loops === 0 ? '' : `Back to development ${String(loops)} of ${String(maxLoops)} times.`;
  return section(
    'workflow',
    `Workflow ${name}`,
    0,
    html`<ol class="plain stages">
        ${stages.map(stage)}
      </ol>
      <p class="muted">${detail} ${view.state === 'interrupted' ? INTERRUPTED : nothing} ${back}</p>
      ${
        errors.length === 0
          ? nothing
          : html`<ul class="plain">
                ${errors.slice(0, MOST_ITEMS).map((error) => html`<li>${statusIcon('failed')}${error}</li>`)}
              </ul>
              ${omission(errors.length - MOST_ITEMS, 'more error')}`
      }`,
  );
}

const INTERRUPTED = 'It was interrupted: choose Run Workflow… to resume it.';

function stage({ id, state, loop, detail, gate, gateOpen }: StageView): TemplateResult {
  const again = loop === 0 ? '' : `, loop ${String(loop)}`;
  const open = gateOpen === null ? '' : gateOpen ? ', open' : ', closed';
  return html`<li aria-current=${state === 'running' ? 'step' : nothing}>
    ${statusIcon(LOOKS[state])}<span
      ><span class="id">${id}</span> ${state}${again} ·
      ${detail}${gate === null ? nothing : html` · gate: ${gate}${open}`}</span
    >
  </li>`;
}
