import * as z from 'zod/mini';
import type { FrontMatter } from '../format/front-matter.ts';

/** `null`, `~` and an empty value are equivalent. */
const EMPTY = /^(?:null|~)?$/i;
const TRUE_WORDS = new Set(['true', 'yes', 'on', '1']);
const FALSE_WORDS = new Set(['', 'false', 'no', 'off', '0', 'null', '~']);

const text = z.pipe(
  z.string(),
  z.transform((value) => (EMPTY.test(value.trim()) ? '' : value.trim())),
);
/** `[1, "002"]`, `1, 2`, `#3` and `004.md` all name tasks. */
const ids = z.pipe(
  z.union([
    z.array(z.string()),
    z.pipe(
      z.string(),
      z.transform((value) => value.split(/[,\s]+/)),
    ),
  ]),
  z.transform((values) =>
    values
      .map((value) => value.trim())
      .filter((value) => !EMPTY.test(value))
      .map((value) => value.replace(/^#|\.md$/gi, '')),
  ),
);
const flag = z.pipe(
  z
    .string()
    .check(z.refine((value) => [TRUE_WORDS, FALSE_WORDS].some((words) => words.has(word(value))))),
  z.transform((value) => TRUE_WORDS.has(word(value))),
);

/** The front matter of a task; a missing key has the empty value. */
export interface TaskFields {
  readonly name: string;
  readonly status: string;
  readonly dependsOn: readonly string[];
  readonly conflictsWith: readonly string[];
  readonly parallel: boolean;
  /** Keys whose values cannot be read, and what each expects. */
  readonly faults: readonly { readonly key: string; readonly expected: string }[];
}

/** Reads the supported keys, each independently of the others. */
export function taskFields(matter: FrontMatter): TaskFields {
  const faults: { key: string; expected: string }[] = [];
  function read<T>(key: string, schema: z.ZodMiniType<T>, missing: T, expected: string): T {
    const value = matter.value(key);
    if (value === undefined) {
      return missing;
    }
    const result = schema.safeParse(value);
    if (!result.success) {
      faults.push({ key, expected });
    }
    return result.success ? result.data : missing;
  }
  const list = 'a list such as [001, 002]';
  return {
    name: read('name', text, '', 'a text') || read('title', text, '', 'a text'),
    status: read('status', text, '', 'one word such as open'),
    dependsOn: read('depends_on', ids, [], list),
    conflictsWith: read('conflicts_with', ids, [], list),
    parallel: read('parallel', flag, false, 'true or false'),
    faults,
  };
}

function word(value: string): string {
  return value.trim().toLowerCase();
}
