import { sha256Hex } from '../../system/hash.ts';

/**
 * Identifies a run beyond its id: the SHA-256 of its first event's line, which contains the frozen plan with every argv.
 * `bytes` start with that line.
 */
export function originOf(bytes: Buffer): string {
  return sha256Hex(bytes.subarray(0, bytes.indexOf(0x0a) + 1));
}
