import type { ActiveRun } from '../../engine/run/active-run.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** Shows the progress of runs on standard error. */
export interface Progress extends Disposable {
  /** Shows this run too, until its end. `verb`: what its first line says it does. */
  follow(run: ActiveRun, verb: string): void;
  /** Shows a message. */
  line(text: string): void;
}
