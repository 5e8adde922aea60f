import type { ApprovalItem } from '../../coordinator/schema/approval.ts';

/** The reason why a run could not start or resume. `message` is a sentence for the user. */
export type RunRefusal =
  /** Another window or command line coordinates the group. */
  | { readonly reason: 'held'; readonly message: string; readonly epoch: number }
  /** The workspace has commands that the user has not approved. */
  | {
      readonly reason: 'not_approved';
      readonly message: string;
      readonly items: readonly ApprovalItem[];
    }
  /** There is nothing to run, or nothing to resume. */
  | { readonly reason: 'nothing'; readonly message: string }
  /** The group has an unfinished run: resume it first. */
  | { readonly reason: 'unfinished'; readonly message: string }
  /** The state directory is not readable or writable. */
  | { readonly reason: 'storage'; readonly message: string };

/** The refusal of a run whose files cannot be read or written. */
export function storageRefusal(message: string): RunRefusal {
  return { reason: 'storage', message };
}
