const PICTURES = 0x2400;
const DELETE = 0x7f;

/**
 * Text from an agent or a plan, made safe for a terminal: every character that would steer it (control characters, the
 * marks that reverse the direction of writing) is shown as a picture or a code instead of being sent.
 */
export function visible(text: string): string {
  return text.replace(STEERING, (character) => {
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

const STEERING = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/gu;
