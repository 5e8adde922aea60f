import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import { PHASE_TITLES, PHASES } from '../../shared/status.ts';
import type { PhaseView, RunView } from '../../shared/view-models/group-views.ts';
import { describeClock } from '../../shared/words/durations.ts';
import { phaseIcon } from './elements/icons.ts';
import { timeAt } from './elements/time.ts';

const WORDS: Readonly<Record<PhaseView['state'], string>> = {
  waiting: 'not started',
  running: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
};
const NOT_STARTED: readonly PhaseView[] = PHASES.map((phase) => ({
  phase,
  state: 'waiting',
  startedAt: null,
  endedAt: null,
  detail: '',
}));

/** Renders the four phases of the newest run in order. `until`: now or the run's end, ms since the epoch. */
export function phases(run: RunView | null, until: number): TemplateResult {
  return html`<section class="phases" aria-label=${t('Phases')}>
    <ol>
      ${(run?.phases ?? NOT_STARTED).map((phase) => step(phase, until))}
    </ol>
  </section>`;
}

function step(
  { phase, state, startedAt, endedAt, detail }: PhaseView,
  until: number,
): TemplateResult {
  const clock = startedAt === null ? '' : describeClock((endedAt ?? until) - startedAt);
  return html`<li class="step ${state}" aria-current=${state === 'running' ? 'step' : nothing}>
    <span class="marker">${phaseIcon(state)}</span>
    <h2>${PHASE_TITLES[phase]()}<span class="visually-hidden">: ${WORDS[state]}</span></h2>
    <p>${state === 'waiting' ? '' : detail}</p>
    <p class="clock">${timeAt(startedAt, clock)}</p>
  </li>`;
}
