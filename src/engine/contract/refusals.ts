import type { Holder } from '../../coordinator/projections/project-run.ts';
import { t } from '../../shared/messages.ts';
import { failure } from '../../shared/result.ts';
import type { RunRefusal } from './run-refusal.ts';

interface Refused {
  readonly ok: false;
  readonly failure: RunRefusal;
}

/** Returns the refusal to start or resume a run, with a sentence for the user. */
export function refuse(reason: 'nothing' | 'unfinished' | 'storage', message: string): Refused {
  return failure({ reason, message });
}

/** Returns the refusal for a group whose last run must end, or be resumed or stopped, first. */
export function unfinished({ id }: { readonly id: string }, { holder, name }: Holder): Refused {
  if (holder === 'other') {
    const who = name ?? 'another process';
    return refuse(
      'unfinished',
      t('{0} is run by {1}: wait until that is over, or stop it.', id, who),
    );
  }
  return refuse('unfinished', t('{0} has a run that is not over: resume or stop it first.', id));
}
