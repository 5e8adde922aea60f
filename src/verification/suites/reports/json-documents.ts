/** UTF-16 units. Longer output is not the report of a test run. */
const MOST_LENGTH = 64 * 1024 * 1024;

/**
 * Returns the JSON objects in the output, among other lines such as those of the script that started the runner: each
 * begins and ends a line. Ignores text that only looks like an object.
 */
export function jsonDocuments(output: string): readonly unknown[] {
  if (output.length > MOST_LENGTH) {
    return [];
  }
  const found: unknown[] = [];
  let from = nextStart(output, 0);
  while (from !== -1) {
    const end = documentEnd(output, from);
    const value = end === -1 ? undefined : parsed(output.slice(from, end));
    if (value !== undefined) {
      found.push(value);
    }
    from = nextStart(output, value === undefined || end === -1 ? from + 1 : end);
  }
  return found;
}

function nextStart(output: string, from: number): number {
  if (from === 0 && output.startsWith('{')) {
    return 0;
  }
  const line = output.indexOf('\n{', Math.max(0, from - 1));
  return line === -1 ? -1 : line + 1;
}

/**
 * Returns the position after the brace that closes the one at `from`, ignoring those in strings; -1 if none closes it.
 */
function documentEnd(output: string, from: number): number {
  const brace = /["{}]/g;
  brace.lastIndex = from;
  let depth = 0;
  for (let found = brace.exec(output); found !== null; found = brace.exec(output)) {
    if (found[0] === '"') {
      const end = stringEnd(output, found.index);
      if (end === -1) {
        return -1;
      }
      brace.lastIndex = end;
    } else {
      depth += found[0] === '{' ? 1 : -1;
      if (depth === 0) {
        return brace.lastIndex;
      }
    }
  }
  return -1;
}

function stringEnd(output: string, quote: number): number {
  const end = /"(?:[^"\\\n]|\\.)*"/y;
  end.lastIndex = quote;
  return end.test(output) ? end.lastIndex : -1;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
