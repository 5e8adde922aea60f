import { findTask } from '../../coordinator/plan/identity.ts';
import { failure, success } from '../../shared/result.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { EditPlanner } from '../format/format.ts';
import type { IdentifiedItem } from './identify-items.ts';

/** Plans the edits that tick boxes: one character of the text, and only for completed tasks. */
export function boxEdits(items: readonly IdentifiedItem[]): EditPlanner {
  return (wanted, status) => {
    const found = findTask(items, wanted);
    if (!found.ok) {
      return failure(closeFailure(found.failure, wanted));
    }
    const { mark, box } = found.value.item;
    // A box cannot express “failed” or “cancelled”: the task keeps its mark.
    if (status !== 'completed' || mark.toLowerCase() === 'x') {
      return success('unchanged');
    }
    return success({ offset: box + 1, length: mark.length, text: 'x' });
  };
}
