/** Every character that any program treats as a line end; Markdown includes a lone carriage return. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** Puts untrusted text on one line. */
export function oneLine(text: string): string {
  return text.split(LINE_END).join(' ');
}

/** Marks every line as a quotation, so that no line can look like a heading of the prompt. */
export function quote(text: string): string {
  return text === ''
    ? ''
    : text
        .split(LINE_END)
        .map((line) => `> ${line}`)
        .join('\n');
}
