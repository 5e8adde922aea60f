/** An object as a program prints it: anything may stand in it. */
export type JsonObject = Readonly<Record<string, unknown>>;

const LEADING_TYPE = /^\{"type":"([\w./-]{1,80})"/;
/** A line of more than this is not worth looking for objects within it if it is not one itself, UTF-16 units. */
const LONGEST_MIXED_LINE = 1024 * 1024;

/**
 * The `type` of the one event in a line, where it stands first, found without reading the line: most events of some
 * programs are of no use to us, and may be long. `null`: the line has to be read to know.
 */
export function leadingType(line: string): string | null {
  const type = LEADING_TYPE.exec(line)?.[1];
  if (type === undefined) {
    return null;
  }
  // Within a text of JSON this would be `}{\"`, so it is where one object ends and the next begins.
  return line.includes('}{"') ? null : type;
}

/**
 * The objects in a line, in their order: one as a rule, none in a line of text; several where a program forgot to end its
 * lines, and those that stand between other text. What is no whole object is left out.
 */
export function readObjects(line: string): readonly JsonObject[] {
  const start = line.indexOf('{"');
  if (start === -1) {
    return [];
  }
  if (start === 0) {
    const whole = parse(line);
    if (whole !== null) {
      return [whole];
    }
  }
  return line.length > LONGEST_MIXED_LINE ? [] : objectsWithin(line, start);
}

function objectsWithin(line: string, first: number): readonly JsonObject[] {
  const objects: JsonObject[] = [];
  for (let start = first; start !== -1;) {
    const end = endOfObject(line, start);
    if (end === -1) {
      break;
    }
    const object = parse(line.slice(start, end));
    if (object !== null) {
      objects.push(object);
    }
    start = line.indexOf('{"', end);
  }
  return objects;
}

/** Behind the brace that closes the one at `start`; -1 if none does. */
function endOfObject(line: string, start: number): number {
  const marks = /["{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(line); mark !== null; mark = marks.exec(line)) {
    if (mark[0] === '"') {
      const end = endOfText(line, mark.index);
      if (end === -1) {
        return -1;
      }
      marks.lastIndex = end;
    } else {
      depth += mark[0] === '{' ? 1 : -1;
      if (depth === 0) {
        return mark.index + 1;
      }
    }
  }
  return -1;
}

/** Behind the quotation mark that ends the text that begins at `start`; -1 if none does. */
function endOfText(line: string, start: number): number {
  const marks = /["\\]/g;
  marks.lastIndex = start + 1;
  for (let mark = marks.exec(line); mark !== null; mark = marks.exec(line)) {
    if (mark[0] === '"') {
      return mark.index + 1;
    }
    marks.lastIndex = mark.index + 2;
  }
  return -1;
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether it is an object, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
