import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition by polling. The limit is generous, because it matters only if the test fails. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 40_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) {
      throw new Error(`Waited in vain until ${what}.`);
    }
    await delay(5);
  }
}
