import { isObject, type JsonObject } from '../../shared/json-object.ts';

const LEADING_TYPE = /^\{"type":"([\w./-]{1,80})"/;
/** A longer line is not searched for objects unless it is one object itself, UTF-16 units. */
const LONGEST_MIXED_LINE = 1024 * 1024;

/**
 * The `type` of the only event in a line if it is the first field, found without parsing the line: most events of some
 * programs are ignored and may be long. `null`: the line must be parsed.
 */
export function leadingType(line: string): string | null {
  const type = LEADING_TYPE.exec(line)?.[1];
  if (type === undefined) {
    return null;
  }
  // Within a JSON string this would be `}{\"`, so one object ends here and the next begins.
  return line.includes('}{"') ? null : type;
}

/**
 * The objects in a line, in order. Usually there is one; a line of text has none. There may be several without line ends
 * between them, or objects within text. Incomplete objects are ignored.
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

/** The index behind the brace that closes the one at `start`; -1 if it is not closed. */
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

/** The index behind the quotation mark that ends the string at `start`; -1 if the string does not end. */
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
