import { sha256Hex } from './hash.ts';

const MAX_LENGTH = 64;
const PLAIN = /^[a-z0-9_-][a-z0-9._-]*$/;
/** Names that Windows reserves for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;

/**
 * Returns a file name for any id, valid on every platform and different for different ids even if the file system
 * ignores case. Returns an id that is already such a name (lower case, digits, `.`, `_`, `-`, at most 64 characters)
 * unchanged; for any other, a readable form followed by `~` and eight digits of its SHA-256. `~` itself is never plain,
 * so that no id can equal the encoding of another.
 */
export function encodeName(id: string): string {
  if (isPlain(id)) {
    return id;
  }
  const digest = sha256Hex(id).slice(0, 8);
  const readable = id
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .replace(DEVICE, '_$&')
    .slice(0, MAX_LENGTH - digest.length - 1);
  return `${readable}~${digest}`;
}

function isPlain(id: string): boolean {
  // Windows drops a trailing dot.
  return id.length <= MAX_LENGTH && PLAIN.test(id) && !DEVICE.test(id) && !id.endsWith('.');
}
