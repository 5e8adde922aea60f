import { type IdentifiedItem, identifiedItems } from '../markdown/identify-items.ts';
import { labelReader } from '../markdown/labels.ts';
import { type Section, sectionsOf } from '../markdown/sections.ts';

/** `[P]`: in parallel; `[US1]`: the user story that a task is part of. */
const labelled = labelReader(/P|US\d+(?:\s*[,/&]\s*US\d+)*/);

/** What the template has beside phases; boxes there are reminders unless they have an id of their own. */
const NO_PHASE =
  /^(?:dependenc|parallel|implementation strateg|execution order|format\b|path conventions|validation|notes?\b|checklist|legend|summary)/i;

/** The tasks of a spec-kit plan by phase, in order; a part that is not called "Phase" and has tasks is one as well. */
export function phasesOf(text: string): readonly Section[] {
  const sections = sectionsOf(identifiedItems(text, labelled), isPhase);
  const known = new Set(
    sections.filter(({ heading }) => isPhase(heading)).flatMap(({ items }) => items.map(idOf)),
  );
  return sections
    .map(({ heading, items }) =>
      isPhase(heading)
        ? { heading, items }
        : { heading, items: items.filter((each) => isTask(each, heading, known)) },
    )
    .filter(({ items }) => items.length > 0);
}

function isPhase(heading: string): boolean {
  return /^phase\s+\S/i.test(heading);
}

/** Behind the phases a plan likes to name their tasks again: in orders, examples and lists of what to check. */
function isTask(each: IdentifiedItem, heading: string, known: ReadonlySet<string>): boolean {
  return each.written ? !known.has(each.id) : !NO_PHASE.test(heading);
}

function idOf({ id }: IdentifiedItem): string {
  return id;
}
