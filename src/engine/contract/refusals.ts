import type { Holder } from '../../coordinator/projections/project-run.ts';
import { failure } from '../../shared/result.ts';
import type { RunRefusal } from './run-refusal.ts';

interface Refused {
  readonly ok: false;
  readonly failure: RunRefusal;
}

/** A run that is not started or taken up, with a sentence for a person. */
export function refuse(reason: 'nothing' | 'unfinished' | 'storage', message: string): Refused {
  return failure({ reason, message });
}

/** A group whose last run has to be dealt with first. */
export function unfinished({ id }: { readonly id: string }, { holder, name }: Holder): Refused {
  if (holder === 'other') {
    const who = name ?? 'another process';
    return refuse('unfinished', `${id} is run by ${who}: wait until that is over, or stop it.`);
  }
  return refuse('unfinished', `${id} has a run that is not over: resume or stop it first.`);
}
