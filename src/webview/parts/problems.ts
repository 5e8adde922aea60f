import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { severityIcon } from './elements/icons.ts';
import { empty, MOST_ITEMS, omission, section } from './elements/section.ts';

interface Line {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place: string | null;
}

/** What is wrong with the run and with the plan, errors first. */
export function problems(group: GroupView): TemplateResult {
  const lines = linesOf(group);
  const content =
    lines.length === 0
      ? empty(t('None. What is wrong with the plan or with a run is listed here.'))
      : html`<ul class="plain">
            ${lines.slice(0, MOST_ITEMS).map(
              ({ severity, message, place }) =>
                html`<li>
                  ${severityIcon(severity)}<span
                    ><span class="visually-hidden">${severity}: </span>${message}${
                      place === null ? nothing : html` <span class="muted">${place}</span>`
                    }</span
                  >
                </li>`,
            )}
          </ul>
          ${omission(lines.length - MOST_ITEMS, 'more problem')}`;
  return section('problems', t('Problems'), lines.length, content);
}

function linesOf({ run, problems: ofPlan }: GroupView): readonly Line[] {
  const inRun = (severity: Line['severity']) => (message: string) => ({
    severity,
    message,
    place: null,
  });
  const lines: Line[] = [
    ...(run?.errors ?? []).map(inRun('error')),
    ...(run?.warnings ?? []).map(inRun('warning')),
    ...ofPlan.map(({ severity, message, place }) => ({
      severity,
      message,
      place: place === null ? null : `${place.file}:${place.line}`,
    })),
  ];
  return lines.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ severity }: Line): number {
  return severity === 'error' ? 0 : 1;
}
