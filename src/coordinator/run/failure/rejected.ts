import type { DispatchCode, RejectedFailure } from '../../../shared/failure.ts';

/** Failure of a task that no agent accepted, or that was withdrawn from its agent. */
export function rejected(code: DispatchCode, message: string, remedy?: string): RejectedFailure {
  return { reason: 'rejected', code, message, ...(remedy === undefined ? {} : { remedy }) };
}
