import { normaliseTitle } from '../../coordinator/plan/identity.ts';

const MAX_LENGTH = 32;

/** The first words of a text, lower-cased and joined by `-`, up to 32 characters; empty where it has none. */
export function slug(text: string): string {
  const words = normaliseTitle(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  let made = '';
  for (const word of words) {
    if (made !== '' && made.length + 1 + word.length > MAX_LENGTH) {
      break;
    }
    made = made === '' ? Array.from(word).slice(0, MAX_LENGTH).join('') : `${made}-${word}`;
  }
  return made;
}
