import type { TaskFormat } from '../format/format.ts';
import type { IdentifiedItem } from '../markdown/identify-items.ts';
import { markdownOutline } from '../markdown/markdown-outline.ts';
import { withPlanContext } from '../markdown/plan-context.ts';
import { readChecklist } from '../markdown/read-checklist.ts';
import { sectionOrder, statesDependencies } from '../markdown/section-order.ts';
import type { Section } from '../markdown/sections.ts';
import { boxEdits } from '../markdown/tick-box.ts';
import { parallelRuns } from './parallel-runs.ts';
import { phasesOf } from './phases.ts';
import { turnsWithin } from './turns.ts';
import { dependencyReader } from './written-dependencies.ts';

/** Path of a spec-kit plan. Excludes Kiro's plans, which have the same name in a folder of the same name. */
const PATH = /(?:^|\/)(?<!(?:^|\/)\.kiro\/)specs\/[^/]+\/tasks\.md$/i;
const PHASE = /^#{1,6}[ \t]+(?:\*\*)?Phase[ \t]+\S/im;
const TASK = /^[ \t]*[-*+][ \t]+\[[ x]\][ \t]+(?:\*\*|\[P\][ \t]+)*T\d{3,6}\b/im;

/** The tasks of a feature in spec-kit: phases, tasks such as `T012`, and `[P]` for parallel tasks. */
export const specKitFormat: TaskFormat = {
  name: 'spec-kit',

  matches: (path, text) =>
    PATH.test(path) || (/\.md$/i.test(path) && PHASE.test(text) && TASK.test(text)),

  read(text, source) {
    const phases = phasesOf(text);
    const groups = parallelRuns(phases);
    const written = dependencyReader(phases);
    const states = (each: IdentifiedItem): boolean => statesDependencies(each, text);
    const order = sectionOrder(phases, states);
    const turns = turnsWithin(phases, (each) => (states(each) ? written(each).explicit : null));
    const reading = readChecklist(tasksOf(phases), text, source, (each) => {
      const { explicit, mentioned } = written(each);
      const group = groups.get(each.item);
      return {
        group: group === undefined ? null : { id: group, inferred: true },
        implied: [...mentioned, ...(turns.get(each.item) ?? []), ...(order.get(each.item) ?? [])],
        explicit,
      };
    });
    return withPlanContext(reading, text, source);
  },

  edits: (text) => boxEdits(tasksOf(phasesOf(text))),

  outline: (text, source) => markdownOutline(text, source, tasksOf(phasesOf(text))),
};

function tasksOf(phases: readonly Section[]): readonly IdentifiedItem[] {
  return phases.flatMap(({ items }) => items);
}
