import type { ApprovalItem } from '../../coordinator/schema/approval.ts';

/** Why a run could not be started or resumed. `message` is a sentence for a person. */
export type RunRefusal =
  /** Another window or command line coordinates the group. */
  | { readonly reason: 'held'; readonly message: string; readonly epoch: number }
  /** Commands of the workspace that no person has approved. */
  | {
      readonly reason: 'not_approved';
      readonly message: string;
      readonly items: readonly ApprovalItem[];
    }
  /** There is nothing to run, or nothing to resume. */
  | { readonly reason: 'nothing'; readonly message: string }
  /** The group has a run that is not over: resume it first. */
  | { readonly reason: 'unfinished'; readonly message: string }
  /** The state directory cannot be written or read. */
  | { readonly reason: 'storage'; readonly message: string };

/** The refusal of a run whose files cannot be read or written. */
export function storageRefusal(message: string): RunRefusal {
  return { reason: 'storage', message };
}
