import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { severityIcon } from './elements/icons.ts';
import { empty, MAX_ITEMS, omission, section } from './elements/section.ts';

interface ProblemItem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place: string | null;
}

/** Renders the problems of the run and of the plan, errors first. */
export function problems(group: GroupView): TemplateResult {
  const items = itemsOf(group);
  const content =
    items.length === 0
      ? empty(t('None. What is wrong with the plan or with a run is listed here.'))
      : html`<ul class="plain">
            ${items.slice(0, MAX_ITEMS).map(
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
          ${omission(items.length - MAX_ITEMS, 'more problem')}`;
  return section('problems', t('Problems'), items.length, content);
}

function itemsOf({ run, problems: planProblems }: GroupView): readonly ProblemItem[] {
  const runProblem = (severity: ProblemItem['severity']) => (message: string) => ({
    severity,
    message,
    place: null,
  });
  const items: ProblemItem[] = [
    ...(run?.errors ?? []).map(runProblem('error')),
    ...(run?.warnings ?? []).map(runProblem('warning')),
    ...planProblems.map(({ severity, message, place }) => ({
      severity,
      message,
      place: place === null ? null : `${place.file}:${place.line}`,
    })),
  ];
  return items.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ severity }: ProblemItem): number {
  return severity === 'error' ? 0 : 1;
}
