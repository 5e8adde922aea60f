import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';

/** What stands between the two `---` lines at the head of a file; all offsets are the file's. */
export interface FrontMatter {
  /** Behind the opening line. */
  readonly start: number;
  /** Where the closing line begins. */
  readonly end: number;
  /** Behind the closing line. */
  readonly body: number;
  /** How its lines end. */
  readonly lineEnd: string;
  /**
   * The value of a key: a text as it is written (`001` stays `001`), a list of them, `null` in place of anything else;
   * `undefined` where there is no such key.
   */
  value(key: string): unknown;
  /** Where a key's value stands. */
  place(key: string): ValuePlace | null;
}

/** One value as it is written, without its quotes. */
export interface ValuePlace extends Span {
  /** Behind the colon. */
  readonly colon: number;
}

/** Why there is nothing to read, and what to do about it, in sentences for a person. */
export interface FrontMatterFault extends Span {
  readonly message: string;
  /** Where the body begins nevertheless. */
  readonly body: number;
}

const OPENING = /^---[ \t]*(\r\n|\n|\r)/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/m;
/** A longer one (UTF-16 units) is something else, and YAML can be made to be slow. */
const MAX_LENGTH = 16 * 1024;

/** Nesting that no task needs costs YAML's parser seconds. */
const MAX_BRACKETS = 100;
const NESTED_MARKS = /(?:[-?][ \t]+){20}/;

const ABSENT = (): string =>
  t(
    'This task has no front matter. Begin the file with the lines “---”, “name: …”, “status: open” and “---”.',
  );
const UNCLOSED = (): string =>
  t(
    'The front matter of this task is not closed. End it with the line “---”, within its first 16,000 characters.',
  );
const NESTED = (): string =>
  t(
    'The front matter of this task is nested too deeply. Write plain values, and lists such as [001, 002].',
  );
const NO_KEYS = (): string =>
  t('The front matter of this task has no keys. Write “key: value”, one a line.');

/** Reads the front matter of a text without byte order mark. */
export function readFrontMatter(text: string): Result<FrontMatter, FrontMatterFault> {
  const opening = OPENING.exec(text);
  if (opening === null) {
    return failure({ start: 0, end: 0, body: 0, message: ABSENT() });
  }
  const start = opening[0].length;
  const closing = CLOSING.exec(text.slice(start, start + MAX_LENGTH));
  if (closing === null) {
    return failure({ start: 0, end: 3, body: start, message: UNCLOSED() });
  }
  const end = start + closing.index;
  const body = end + closing[0].length;
  const content = text.slice(start, end);
  if (isNested(content)) {
    return failure({ start, end, body, message: NESTED() });
  }
  const document = parseYaml(content);
  const [fault] = document.errors;
  if (fault !== undefined) {
    // What is missing at the very end is missing in the last line.
    const last = start + content.trimEnd().length;
    const [from, to] = fault.pos.map((offset) => Math.min(start + offset, last));
    return failure({ start: from ?? start, end: to ?? end, body, message: brokenBy(fault) });
  }
  if (document.contents !== null && !isMap(document.contents)) {
    return failure({ start, end, body, message: NO_KEYS() });
  }
  const lineEnd = opening[1] ?? '\n';
  return success({ start, end, body, lineEnd, ...accessTo(document, text, start) });
}

/** Whether the text is nested as no plan needs it. */
export function isNested(content: string): boolean {
  return (content.match(/[[{]/g)?.length ?? 0) > MAX_BRACKETS || NESTED_MARKS.test(content);
}

/** Schema `failsafe` leaves numbers as they are written: `001` is not 1. */
export function parseYaml(yaml: string): Document {
  // A carriage return alone ends lines elsewhere; YAML's parser does not know that.
  const lines = yaml.replace(/\r(?!\n)/g, '\n');
  return parseDocument(lines, { schema: 'failsafe', prettyErrors: false, logLevel: 'silent' });
}

function brokenBy({ code, message }: { readonly code: string; readonly message: string }): string {
  const remedy =
    code === 'BLOCK_AS_IMPLICIT_KEY'
      ? t('Put a text that has “: ” in it in quotes.')
      : t('Correct it; a text with “: ”, “#” or brackets in it needs quotes.');
  return t(
    'The front matter of this task is not valid YAML here ({0}). {1}',
    message.replace(/\.$/, ''),
    remedy,
  );
}

function accessTo(
  document: Document,
  text: string,
  base: number,
): Pick<FrontMatter, 'value' | 'place'> {
  const { contents } = document;
  const pairOf = (key: string) =>
    isMap(contents)
      ? contents.items.find(({ key: name }) => isScalar(name) && name.value === key)
      : undefined;
  return {
    value(key) {
      const pair = pairOf(key);
      return pair === undefined ? undefined : valueOf(pair.value, document);
    },
    place(key) {
      const pair = pairOf(key);
      return pair === undefined ? null : placeOf(pair, text, base);
    },
  };
}

/** Aliases are followed once, so that none can grow out of bounds. */
function valueOf(node: unknown, document: Document): unknown {
  const named = isAlias(node) ? node.resolve(document) : node;
  if (named === null) {
    return '';
  }
  if (isScalar(named)) {
    return named.value;
  }
  return isSeq(named) ? named.items.map((item) => (isScalar(item) ? item.value : null)) : null;
}

function placeOf({ key, value }: Pair, text: string, base: number): ValuePlace | null {
  if (!isNode(key) || !isNode(value) || !key.range || !value.range) {
    return null;
  }
  const colon = text.indexOf(':', base + key.range[1]) + 1;
  const start = base + value.range[0];
  const end = base + value.range[1];
  if (colon === 0 || colon > start) {
    return null;
  }
  const kind = isScalar(value) ? value.type : undefined;
  if (kind === 'QUOTE_DOUBLE' || kind === 'QUOTE_SINGLE') {
    return { colon, start: start + 1, end: end - 1 };
  }
  return { colon, start, end };
}
