import type { LaunchSpec, RunSpec } from '../../schema/run-spec.ts';
import type { ProviderWindow } from '../state/agent-state.ts';
import type { TaskRecord } from '../state/state.ts';

/** The provider whose request window an agent uses. */
export function providerOf({ provider, agent }: LaunchSpec): string {
  return provider === '' ? agent : provider;
}

/** As wide as the run until its provider throttles. */
export function openWindow(provider: string, { maxConcurrent }: RunSpec): ProviderWindow {
  return {
    provider,
    limit: maxConcurrent,
    live: 0,
    closedUntil: 0,
    consecutiveSuccesses: 0,
    succeeded: 0,
  };
}

/** The provider throttled: halves the window, at least one, with no launches before `until` (ms). */
export function narrow(window: ProviderWindow, until: number): void {
  window.limit = Math.max(1, Math.floor(window.live / 2));
  window.consecutiveSuccesses = 0;
  closeWindow(window, until);
}

/** No launches before `until` (ms), independent of the window's size. */
export function closeWindow(window: ProviderWindow, until: number): void {
  window.closedUntil = Math.max(window.closedUntil, until);
}

/** After as many successes as its size, the window grows by one, up to `most`. */
export function widen(window: ProviderWindow, most: number): void {
  window.succeeded += 1;
  window.consecutiveSuccesses += 1;
  if (window.consecutiveSuccesses >= window.limit) {
    window.limit = Math.min(most, window.limit + 1);
    window.consecutiveSuccesses = 0;
  }
}

/** Consecutive refusals of a task by the provider; a success of any of its attempts resets it. */
export function refusalsInARow(record: TaskRecord, window: ProviderWindow): number {
  return record.refusedAfter === window.succeeded ? record.refusals : 0;
}

/** Records one more refusal of a task by the provider. */
export function refused(record: TaskRecord, window: ProviderWindow): void {
  record.refusals = refusalsInARow(record, window) + 1;
  record.refusedAfter = window.succeeded;
  record.throttles += 1;
}
