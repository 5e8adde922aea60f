import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/**
 * Waits until `check` returns a value other than `undefined` or `false`, and returns it. Errors count as "not yet"; a
 * time-out reports the last one.
 */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  limitMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await check();
      if (seen !== undefined && seen !== false) {
        return seen;
      }
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${limitMs / 1000} s in vain for: ${what}`, { cause: last });
    }
    await sleep(pollMs);
  }
}
