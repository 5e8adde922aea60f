import { type IdentifiedItem, identifiedItems } from '../markdown/identify-items.ts';
import { labelReader } from '../markdown/labels.ts';
import { type Section, sectionsOf } from '../markdown/sections.ts';

/** Reads the labels `[P]`, in parallel, and `[US1]`, the user story that a task belongs to. */
const readLabels = labelReader(/P|US\d+(?:\s*[,/&]\s*US\d+)*/);

/** Sections of the template that are not phases; boxes in them are reminders unless they have a written id. */
const NO_PHASE =
  /^(?:dependenc|parallel|implementation strateg|execution order|format\b|path conventions|validation|notes?\b|checklist|legend|summary)/i;

/**
 * Returns the tasks of a spec-kit plan by phase, in order. A section with tasks that is not called “Phase” is a phase
 * too.
 */
export function phasesOf(text: string): readonly Section[] {
  const sections = sectionsOf(identifiedItems(text, readLabels), isPhase);
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

/**
 * Whether an item outside the phases is a task. Plans often repeat task names after the phases: in orders, examples and
 * lists to check.
 */
function isTask(each: IdentifiedItem, heading: string, known: ReadonlySet<string>): boolean {
  return each.written ? !known.has(each.id) : !NO_PHASE.test(heading);
}

function idOf({ id }: IdentifiedItem): string {
  return id;
}
