import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import { stillGivenUp } from '../../engine/prepare/retry-given-up.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { watchDeadLetters } from '../../store/projections/watch-dead-letters.ts';

export { planRetries } from '../../engine/prepare/retry-given-up.ts';
export { removeDeadLetter } from '../../store/projections/dead-letters.ts';

/** Tells what was given up in a folder and is not done by now, whenever its letters or its plan change. */
export function followDeadLetters(
  workspace: Workspace,
  tell: (letters: readonly DeadLetter[]) => void,
): Disposable {
  let letters: readonly DeadLetter[] = [];
  const say = (): void => {
    tell(stillGivenUp(workspace.plans.current(), letters));
  };
  const watch = watchDeadLetters(workspace.root, (found) => {
    letters = found;
    say();
  });
  const following = workspace.bus.subscribe('workspace.changed', 'given up', ({ plan }) => {
    if (plan !== null && letters.length > 0) {
      say();
    }
  });
  return {
    dispose: () => {
      watch.dispose();
      following.dispose();
    },
  };
}
