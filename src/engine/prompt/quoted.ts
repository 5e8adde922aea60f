/** Whatever anybody takes for the end of a line: a lone carriage return is one in Markdown too. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** A text of others as a part of a line of ours. */
export function oneLine(text: string): string {
  return text.split(LINE_END).join(' ');
}

/** Every line marked as a quotation: nothing in it can look like a heading of ours. */
export function quote(text: string): string {
  return text === ''
    ? ''
    : text
        .split(LINE_END)
        .map((line) => `> ${line}`)
        .join('\n');
}
