import type { LaunchSpec, RunSpec } from '../../schema/run-spec.ts';
import type { ProviderWindow } from '../state/agent-state.ts';
import type { TaskRecord } from '../state/state.ts';

/** Whose window of requests an agent uses. */
export function providerOf({ provider, agent }: LaunchSpec): string {
  return provider === '' ? agent : provider;
}

/** As wide as the run until its provider complains. */
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

/** The provider refused: half of what was live, at least one, and nothing new before `until` (ms). */
export function narrow(window: ProviderWindow, until: number): void {
  window.limit = Math.max(1, Math.floor(window.live / 2));
  window.consecutiveSuccesses = 0;
  closeWindow(window, until);
}

/** Nothing new before `until` (ms), however wide the window is. */
export function closeWindow(window: ProviderWindow, until: number): void {
  window.closedUntil = Math.max(window.closedUntil, until);
}

/** As many successes as the window is wide earn one more place, up to `most`. */
export function widen(window: ProviderWindow, most: number): void {
  window.succeeded += 1;
  window.consecutiveSuccesses += 1;
  if (window.consecutiveSuccesses >= window.limit) {
    window.limit = Math.min(most, window.limit + 1);
    window.consecutiveSuccesses = 0;
  }
}

/** How often in a row the provider has refused a task: a success of any of its attempts ends the row. */
export function refusalsInARow(record: TaskRecord, window: ProviderWindow): number {
  return record.refusedAfter === window.succeeded ? record.refusals : 0;
}

/** The provider has refused a task once more. */
export function refused(record: TaskRecord, window: ProviderWindow): void {
  record.refusals = refusalsInARow(record, window) + 1;
  record.refusedAfter = window.succeeded;
  record.throttles += 1;
}
