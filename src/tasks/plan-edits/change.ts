import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TextEdit } from '../format/format.ts';
import { applyEdits } from './apply-edits.ts';
import { type Facts, type PlanText, planText } from './facts.ts';

/** Reason why a plan is not edited; `message` is one or two sentences to show to the user. */
export interface PlanEditFailure {
  readonly message: string;
}

export type PlanEdits = Result<readonly TextEdit[], PlanEditFailure>;

/** A change to one task. */
export interface Change {
  /** Index of the task in the outline. */
  readonly index: number;
  /** Alternative edits, the best first; the first that reads back as expected applies. */
  readonly ways: readonly (readonly TextEdit[])[];
  /** Facts that change; all other facts of the task stay. */
  readonly to: Partial<Pick<Facts, 'id' | 'group' | 'dependencies'>>;
}

/**
 * Returns the edits that make the changes and nothing else. Applies them to a copy of the text and compares the facts
 * of that copy with the expected ones. Markdown has more notations than can be foreseen, so this function refuses an
 * edit rather than damaging the plan.
 */
export function changeTasks(plan: PlanText, path: string, changes: readonly Change[]): PlanEdits {
  const expected = plan.facts.map(serialise);
  for (const { index, to } of changes) {
    const before = plan.facts[index];
    if (before !== undefined) {
      expected[index] = serialise({ ...before, ...to });
    }
  }
  let open = changes;
  for (;;) {
    const edits = open.flatMap(({ ways }) => ways[0] ?? []);
    const after = planText(applyEdits(plan.text, edits), path)?.facts.map(serialise) ?? [];
    const wrong = mismatches(expected, after);
    if (wrong.size === 0) {
      return success(edits);
    }
    const next = open.map((change) => nextWay(change, wrong));
    if (next.every((change, place) => change === open[place])) {
      return refused(plan, changes, wrong);
    }
    open = next;
  }
}

/**
 * Returns the indices of tasks with unexpected facts; all of them if the number of tasks changed, because then it is
 * unknown which edit caused it.
 */
function mismatches(expected: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const every = expected.length !== after.length;
  const places = expected.flatMap((facts, index) =>
    every || facts !== after[index] ? [index] : [],
  );
  return new Set(places);
}

function nextWay(change: Change, wrong: ReadonlySet<number>): Change {
  const [, ...others] = change.ways;
  return wrong.has(change.index) && others.length > 0 ? { ...change, ways: others } : change;
}

function refused(
  { outline }: PlanText,
  changes: readonly Change[],
  wrong: ReadonlySet<number>,
): PlanEdits {
  const change = changes.find(({ index }) => wrong.has(index)) ?? changes[0];
  const task = outline.tasks[change?.index ?? 0];
  const name = task === undefined ? t('The plan') : `“${task.id}” (${task.title})`;
  const message = t(
    '{0} is written in a way that cannot be changed without changing something else of the plan, so nothing was changed. Edit it by hand.',
    name,
  );
  return failure({ message });
}

function serialise({ source, id, fingerprint, group, dependencies, others }: Facts): string {
  return JSON.stringify([source, id, fingerprint, group, dependencies, others]);
}
