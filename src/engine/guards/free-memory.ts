import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

const BYTES_PER_MIB = 1024 * 1024;

/** Memory available to programs, MiB. On Linux it includes the cache. */
export function freeMemoryMib(): number {
  if (process.platform === 'linux') {
    try {
      const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
      if (kib !== undefined) {
        return Math.floor(Number(kib) / 1024);
      }
    } catch {
      // A system without /proc: falls back to the general value.
    }
  }
  return Math.floor(freemem() / BYTES_PER_MIB);
}
