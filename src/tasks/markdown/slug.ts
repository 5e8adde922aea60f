import { normaliseTitle } from '../../coordinator/plan/identity.ts';

const MAX_LENGTH = 32;

/** Returns the first words of a text in lower case, joined by `-`, up to 32 characters; empty without words. */
export function slug(text: string): string {
  const words = normaliseTitle(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  let result = '';
  for (const word of words) {
    if (result !== '' && result.length + 1 + word.length > MAX_LENGTH) {
      break;
    }
    result = result === '' ? Array.from(word).slice(0, MAX_LENGTH).join('') : `${result}-${word}`;
  }
  return result;
}
