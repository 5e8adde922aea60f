import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';

/** Reason why bytes are not text; `line` (1-based) is where this shows. */
export interface NotText {
  readonly message: string;
  readonly line: number;
}

/**
 * Decodes UTF-8 exactly: encoding the text again gives the same bytes; a byte order mark stays as U+FEFF. Fails for
 * anything else instead of replacing unknown bytes, because such a file could not be written back.
 */
export function decodeUtf8(bytes: Uint8Array): Result<string, NotText> {
  const zero = bytes.indexOf(0);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (zero === -1) {
      return success(text);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
    if (zero === -1) {
      const message = t('This file is not UTF-8. Save it with the encoding UTF-8.');
      return failure({ message, line: lineAt(bytes, firstInvalid(bytes)) });
    }
  }
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const message = isUtf16
    ? t('This file is UTF-16. Save it with the encoding UTF-8.')
    : t('This file is binary, not a text. Remove or rename it if it is no plan.');
  return failure({ message, line: isUtf16 ? 1 : lineAt(bytes, zero) });
}

/** Returns the offset of the first byte that is invalid UTF-8, by bisection: all prefixes up to it are valid. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (decodes(bytes.subarray(0, middle))) {
      valid = middle;
    } else {
      invalid = middle;
    }
  }
  return valid;
}

/** Whether the bytes are a prefix of UTF-8 text; a character may be cut off at the end. */
function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset; index += 1) {
    if (bytes[index] === 0x0a) {
      line += 1;
    }
  }
  return line;
}
