import type { DispatchCode, RejectedFailure } from '../../../shared/failure.ts';

/** A failure of a task that was not given to any agent, or was taken from it again. */
export function rejected(code: DispatchCode, message: string, remedy?: string): RejectedFailure {
  return { reason: 'rejected', code, message, ...(remedy === undefined ? {} : { remedy }) };
}
