import type { ActiveRun } from '../../engine/run/active-run.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** Shows on standard error how runs go on. */
export interface Progress extends Disposable {
  /** Shows this run as well, until it is over. `verb`: what it does now: `starts`, `goes on`. */
  follow(run: ActiveRun, verb: string): void;
  /** A message of its own. */
  line(text: string): void;
}
