import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { PhaseView, TaskAppearance } from '../../../shared/view-models/group-views.ts';

const ring = svg`<circle cx="8" cy="8" r="5.75" />`;
const disc = svg`<circle cx="8" cy="8" r="6.5" class="filled" />`;
const tick = (name: string) => svg`<path class=${name} d="M5 8.3 7.2 10.5 11.2 5.8" />`;

/** Icons as strokes in the text colour on a 16 × 16 view box, because a webview has no codicons. */
const DRAWINGS: Readonly<Record<TaskAppearance, SVGTemplateResult>> = {
  pending: ring,
  waiting: svg`<circle cx="8" cy="8" r="5.75" stroke-dasharray="2 2.5" />`,
  queued: svg`${ring}<circle cx="8" cy="8" r="1.5" class="filled" />`,
  blocked: svg`${ring}<path d="M4 12 12 4" />`,
  running: svg`<circle cx="8" cy="8" r="5.75" class="faint" /><path class="spins" d="M8 2.25a5.75 5.75 0 0 1 5.75 5.75" />`,
  needs_you: svg`<path d="M3.5 11.5h9l-1.2-1.9V7a3.3 3.3 0 0 0-6.6 0v2.6zM7 13.7h2" /><circle cx="12" cy="4" r="2.2" class="filled" />`,
  throttled: svg`${ring}<path d="M8 4.8V8l2.2 1.6" />`,
  backing_off: svg`<path d="M3.2 5.2a5.75 5.75 0 1 1-.9 3.6M3 2.2v3.2h3.2M8 5.2V8l1.8 1.3" />`,
  stopping: svg`${ring}<rect x="6" y="6" width="4" height="4" class="filled" />`,
  completed: svg`${disc}${tick('cut')}`,
  proven: svg`${ring}${tick('')}`,
  failed: svg`${disc}<path class="cut" d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />`,
  cancelled: svg`${ring}<path d="M1.5 8h13" />`,
};

const PHASE_APPEARANCES: Readonly<Record<PhaseView['state'], TaskAppearance>> = {
  waiting: 'pending',
  running: 'running',
  done: 'completed',
  failed: 'failed',
  skipped: 'waiting',
};

/** Renders the icon of a task's or group's status. Callers show the status as text beside it. */
export function statusIcon(appearance: TaskAppearance): TemplateResult {
  return icon(DRAWINGS[appearance], appearance);
}

/** Renders the icon of a phase. */
export function phaseIcon(state: PhaseView['state']): TemplateResult {
  return statusIcon(PHASE_APPEARANCES[state]);
}

/** Renders a chevron that points right. Styles rotate it when its button is expanded. */
export function chevron(): TemplateResult {
  return icon(svg`<path d="m6 3.5 4.5 4.5L6 12.5" />`, 'chevron');
}

/** Renders the icon of a problem's severity. */
export function severityIcon(severity: 'error' | 'warning'): TemplateResult {
  return severity === 'error'
    ? icon(DRAWINGS.failed, 'failed')
    : icon(svg`<path d="M8 2.2 14.5 13.5h-13zM8 6.5v3.6M8 11.3v.9" />`, 'warning');
}

function icon(drawing: SVGTemplateResult, name: string): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true">${drawing}</svg>`;
}
