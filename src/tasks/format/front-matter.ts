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

/** The text between the two `---` lines at the start of a file; all offsets are relative to the file. */
export interface FrontMatter {
  /** Offset after the opening line. */
  readonly start: number;
  /** Offset at which the closing line begins. */
  readonly end: number;
  /** Offset after the closing line. */
  readonly body: number;
  /** The line ending. */
  readonly lineEnd: string;
  /**
   * Returns the value of a key: a string as written (`001` stays `001`), a list of strings, `null` in place of anything
   * else; `undefined` if the key does not exist.
   */
  value(key: string): unknown;
  /** Returns the place of a key's value; `null` if there is none. */
  place(key: string): ValuePlace | null;
}

/** The place of a value as written, without its quotes. */
export interface ValuePlace extends Span {
  /** Offset after the colon. */
  readonly colon: number;
}

/** Why the front matter cannot be read. */
export interface FrontMatterFault extends Span {
  /** The fault and its remedy, in sentences for the user. */
  readonly message: string;
  /** Offset at which the body begins nevertheless. */
  readonly body: number;
}

const OPENING = /^---[ \t]*(\r\n|\n|\r)/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/m;
/** Maximum length in UTF-16 units: longer text is not front matter, and a crafted one could slow the YAML parser. */
const MAX_LENGTH = 16 * 1024;

/** Maximum number of opening brackets: deep nesting, which no task needs, costs the YAML parser seconds. */
const MAX_BRACKETS = 100;
const NESTED_INDICATORS = /(?:[-?][ \t]+){20}/;

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

/** Reads the front matter of a text that has no byte order mark. */
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
    // A fault at the very end belongs to the last line with text.
    const last = start + content.trimEnd().length;
    const [from, to] = fault.pos.map((offset) => Math.min(start + offset, last));
    return failure({ start: from ?? start, end: to ?? end, body, message: yamlMessage(fault) });
  }
  if (document.contents !== null && !isMap(document.contents)) {
    return failure({ start, end, body, message: NO_KEYS() });
  }
  const lineEnd = opening[1] ?? '\n';
  return success({ start, end, body, lineEnd, ...accessors(document, text, start) });
}

/** Whether the text is nested more deeply than any plan needs. */
export function isNested(content: string): boolean {
  return (content.match(/[[{]/g)?.length ?? 0) > MAX_BRACKETS || NESTED_INDICATORS.test(content);
}

/** Parses YAML with the `failsafe` schema, which keeps numbers as written: `001` is not 1. */
export function parseYaml(yaml: string): Document {
  // The YAML parser does not treat a lone carriage return as a line ending; the other readers do.
  const lines = yaml.replace(/\r(?!\n)/g, '\n');
  return parseDocument(lines, { schema: 'failsafe', prettyErrors: false, logLevel: 'silent' });
}

function yamlMessage({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): string {
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

function accessors(
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

/** Resolves aliases only one level deep, so that the value cannot grow without bound. */
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
