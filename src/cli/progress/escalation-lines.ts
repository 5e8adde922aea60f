import {
  escalationSentence,
  escalationsOf,
  together,
} from '../../coordinator/projections/escalations.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';

/**
 * Returns a function that describes an event's escalations to a person: what happened, and what to do about it. It
 * describes each cause once in a run.
 */
export function escalationReporter(run: RunState): (event: RunEventBody) => string[] {
  const reported = new Set<string>();
  return (event) =>
    together(escalationsOf(run, event)).flatMap((each) => {
      if (reported.has(each.cause)) {
        return [];
      }
      reported.add(each.cause);
      // A budget violation already has a line of its own.
      const sentence = each.kind === 'budget' ? [] : [escalationSentence(each)];
      return [[...sentence, each.remedy ?? ''].join(' ').trim()].filter((line) => line !== '');
    });
}
