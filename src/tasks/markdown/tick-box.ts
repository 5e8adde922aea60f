import { findTask } from '../../coordinator/plan/identity.ts';
import { failure, success } from '../../shared/result.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { EditPlanner } from '../format/format.ts';
import type { IdentifiedItem } from './identify-items.ts';

/** Plans the ticking of boxes: one character of the text, and only for what is completed. */
export function boxEdits(items: readonly IdentifiedItem[]): EditPlanner {
  return (wanted, status) => {
    const found = findTask(items, wanted);
    if (!found.ok) {
      return failure(closeFailure(found.failure, wanted));
    }
    const { mark, box } = found.value.item;
    // A box has no word for "failed" or "cancelled": the task stays as open as it was.
    if (status !== 'completed' || mark.toLowerCase() === 'x') {
      return success('unchanged');
    }
    return success({ offset: box + 1, length: mark.length, text: 'x' });
  };
}
