import { createInterface } from 'node:readline';

let lines;
/** Returns the next line of standard input; `null` at its end. */
export async function nextLine() {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await lines.next();
  return done ? null : value;
}

/** Returns the message in a line: the content of `stream-json`, otherwise the line. */
export function messageIn(line) {
  try {
    return JSON.parse(line).message.content;
  } catch {
    return line;
  }
}
