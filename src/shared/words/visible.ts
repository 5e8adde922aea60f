/** Escapes control and format characters, so that a text cannot hide a part of itself from the user. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const escape = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    const code = character.codePointAt(0) ?? 0;
    return escape ?? `\\u{${code.toString(16)}}`;
  });
}
