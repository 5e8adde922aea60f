import type { TaskFormat } from '../format/format.ts';
import { type IdentifiedItem, identifiedItems } from '../markdown/identify-items.ts';
import { markdownFormat } from '../markdown/markdown-format.ts';
import { withPlanContext } from '../markdown/plan-context.ts';
import { type ItemFacts, readChecklist } from '../markdown/read-checklist.ts';
import { sectionOrder, statesDependencies } from '../markdown/section-order.ts';
import { sectionsOf } from '../markdown/sections.ts';

/** Path of an open change. Archived changes lie one folder deeper and contain no work to do. */
const PATH = /(?:^|\/)openspec\/changes\/(?!archive\/)[^/]+\/tasks\.md$/i;
/** Headings such as `1. Setup`, `2) Tests`, `Phase 3: Polish`. */
const NUMBERED = /^(?:\d+(?:\.\d+)*(?:[.):]|\s|$)|(?:phase|section|part|stage|step)\s+\d)/i;

/** The tasks of a change in OpenSpec: a checklist whose numbered sections run one after another. */
export const openSpecFormat: TaskFormat = {
  ...markdownFormat,
  name: 'OpenSpec',

  matches: (path) => PATH.test(path),

  read(text, source) {
    const items = identifiedItems(text);
    const numbered = sectionsOf(items, (heading) => NUMBERED.test(heading)).filter(({ heading }) =>
      NUMBERED.test(heading),
    );
    const order = sectionOrder(numbered, (each) => statesDependencies(each, text));
    const implied = ({ item }: IdentifiedItem): ItemFacts => ({ implied: order.get(item) ?? [] });
    return withPlanContext(readChecklist(items, text, source, implied), text, source);
  },
};
