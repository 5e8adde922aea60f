import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import { stillGivenUp } from '../../engine/prepare/retry-given-up.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { watchDeadLetters } from '../../store/projections/watch-dead-letters.ts';

export { planRetries } from '../../engine/prepare/retry-given-up.ts';
export { removeDeadLetter } from '../../store/projections/dead-letters.ts';

/** Calls `onChange` with a folder's dead letters whose tasks are not done yet, whenever letters or plan change. */
export function followDeadLetters(
  workspace: Workspace,
  onChange: (deadLetters: readonly DeadLetter[]) => void,
): Disposable {
  let deadLetters: readonly DeadLetter[] = [];
  const notify = (): void => {
    onChange(stillGivenUp(workspace.plans.current(), deadLetters));
  };
  const watcher = watchDeadLetters(workspace.root, (current) => {
    deadLetters = current;
    notify();
  });
  const subscription = workspace.bus.subscribe('workspace.changed', 'given up', ({ plan }) => {
    if (plan !== null && deadLetters.length > 0) {
      notify();
    }
  });
  return {
    dispose: () => {
      watcher.dispose();
      subscription.dispose();
    },
  };
}
