import { createHash } from 'node:crypto';

/** Returns the SHA-256 of `data` (text as UTF-8) in lower-case hexadecimal, 64 characters. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
