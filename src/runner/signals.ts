/** Ctrl-C, a polite end, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C is for the program that has the terminal from now on; it ends by itself, or by another signal. */
export function leaveInterrupts(): void {
  process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
}

/** Aborts at the first signal that asks this process to end; it then ends once its attempts have ended. */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => controller.abort());
  }
  return controller.signal;
}
