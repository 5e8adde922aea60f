const PICTURES = 0x2400;
const DELETE = 0x7f;

/**
 * Makes text from an agent or a plan safe for a terminal: replaces control characters, and the marks that change the
 * direction of writing, with a control picture or a code.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) {
      return String.fromCodePoint(PICTURES + code);
    }
    if (code === DELETE) {
      return '\u2421';
    }
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const UNSAFE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/gu;
