import {
  escalationSentence,
  escalationsOf,
  together,
} from '../../coordinator/projections/escalations.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';

/** What a person is to be told after an event, each cause once in a run: what happened, and what to do about it. */
export function escalationReporter(run: RunState): (event: RunEventBody) => string[] {
  const told = new Set<string>();
  return (event) =>
    together(escalationsOf(run, event)).flatMap((each) => {
      if (told.has(each.cause)) {
        return [];
      }
      told.add(each.cause);
      // A policy has spoken in a line of its own.
      const said = each.kind === 'budget' ? [] : [escalationSentence(each)];
      return [[...said, each.remedy ?? ''].join(' ').trim()].filter((line) => line !== '');
    });
}
