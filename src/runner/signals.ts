/** Ctrl-C, a request to end, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Leaves Ctrl-C to the program that owns the terminal. Other signals still end this process. */
export function leaveInterrupts(): void {
  process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
}

/** Aborts at the first signal that asks this process to end. The process ends after its attempts. */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => controller.abort());
  }
  return controller.signal;
}
