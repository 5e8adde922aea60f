import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { APPEARANCE_WORDS } from '../facts/appearance.ts';
import { layoutTimeline, type Timeline, type TimelineBar } from '../facts/timeline.ts';
import { empty, omission, section } from './elements/section.ts';

/** Renders the tasks as bars on lanes, and the same data as a list for screen readers. */
export function timeline(group: GroupView, now: number): TemplateResult {
  const layout = layoutTimeline(group, now);
  const content =
    layout === null
      ? empty(t('Every task that is launched gets a bar here, from its start to its end.'))
      : lanesAndList(layout);
  return section('timeline', t('Timeline'), 0, content);
}

function lanesAndList({ lanes, ticks, omitted }: Timeline): TemplateResult {
  return html`<div class="lanes" aria-hidden="true">
      ${lanes.map((bars) => html`<div class="lane">${bars.map(bar)}</div>`)}
      <div class="ticks">
        ${ticks.map(
          ({ left, label }) => html`<span class="tick" .style=${`left: ${left}%`}>${label}</span>`,
        )}
      </div>
    </div>
    <ul class="visually-hidden">
      ${lanes.flat().map((each) => html`<li>${describeBar(each)}</li>`)}
    </ul>
    ${omission(omitted, 'earlier task')}`;
}

function bar(each: TimelineBar): TemplateResult {
  // Sets styles as properties, because a content security policy without inline styles blocks the attribute.
  const position = `left: ${each.left}%; width: ${each.width}%`;
  const due = `left: ${each.left + each.width}%; width: ${each.waiting}%`;
  return html`<span class="bar ${each.appearance}" .style=${position} title=${describeBar(each)}
      ><span class="bar-label">${each.id}</span></span
    >${each.waiting > 0 ? html`<span class="bar due" .style=${due}></span>` : nothing}`;
}

function describeBar({ id, title, span, appearance }: TimelineBar): string {
  return `${id} ${title}: ${span}, ${APPEARANCE_WORDS[appearance]().toLowerCase()}`;
}
