import * as z from 'zod/mini';
import { t } from '../../../shared/messages.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import { oneLine, shortened } from '../../../shared/words/text.ts';
import {
  type BadIssue,
  type Issue,
  type PrintedIssues,
  readIssue,
} from '../issues/issue-schema.ts';
import type { BdOutcome } from './run-bd.ts';
import {
  mismatchMessage,
  UNKNOWN_VERSIONS,
  type VersionMismatch,
  versionMismatch,
} from './version-mismatch.ts';

/** bd 1.3 counts the issues that it did not change in `error` and gives the reasons in `failed`. */
const errorSchema = z.looseObject({
  error: z.string(),
  failed: z.optional(z.array(z.looseObject({ error: z.string() }))),
});
const wrapperSchema = z.looseObject({
  data: z.optional(z.unknown()),
  items: z.optional(z.unknown()),
});

/** Maximum length of a quoted bd message, in UTF-16 units. */
const LONGEST_QUOTE = 300;
/** The remedy for an outdated bd, or for another program of that name. */
const UPDATE = (): string =>
  t('Update beads (`bd version` says which one runs), or set parallelGroups.bdPath.');

/** Returns the JSON that bd printed, unwrapped, or one sentence that explains why there is none. */
export function printedJson(outcome: BdOutcome): Result<unknown, string> {
  if (outcome.kind !== 'ended' || outcome.exitCode !== 0) {
    return failure(failureMessage(outcome));
  }
  const json = parse(outcome.stdout);
  if (json === undefined) {
    const printed = quote(firstLine(outcome.stdout));
    return failure(`bd printed no JSON${printed === '' ? '' : `, but “${printed}”`}. ${UPDATE()}`);
  }
  const error = errorIn(json);
  return error === null ? success(unwrap(json)) : failure(`bd said: ${sentence(error)}`);
}

/** Returns the issues that bd printed: as a list, as a list in `data` or `items`, or as a single issue. */
export function printedIssues(outcome: BdOutcome): Result<PrintedIssues, string> {
  const json = printedJson(outcome);
  if (!json.ok) {
    return json;
  }
  // Go prints a nil slice as null.
  const listed = json.value ?? [];
  const values: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  const issues: Issue[] = [];
  const bad: BadIssue[] = [];
  for (const value of values) {
    const read = readIssue(value);
    if (read.ok) {
      issues.push(read.value);
    } else {
      bad.push(read.failure);
    }
  }
  return success({ issues, bad });
}

/** Returns why bd refused to open the database, if that is the difference between their versions; otherwise `null`. */
export function mismatchOf(outcome: BdOutcome): VersionMismatch | null {
  return outcome.kind === 'ended' && outcome.exitCode !== 0
    ? versionMismatch(errorMessage(outcome))
    : null;
}

/** Explains a failed call to the user in one sentence: bd's own message, if it printed one. */
export function failureMessage(outcome: BdOutcome): string {
  switch (outcome.kind) {
    case 'missing':
      return t('bd was not found.');
    case 'not-started':
      return t('bd could not be started ({0}).', outcome.why);
    case 'too-slow':
      return t('bd did not answer within {0} s and was ended.', outcome.limitMs / 1000);
    case 'too-much':
      return t('bd printed more than 64 MiB and was ended.');
    case 'ended': {
      const mismatch = mismatchOf(outcome);
      return mismatch === null
        ? `bd said: ${sentence(errorMessage(outcome))}`
        : mismatchMessage(mismatch, UNKNOWN_VERSIONS);
    }
    default:
      return unreachable(outcome);
  }
}

/** The error message of a failed call. bd 1.0.5 prints its error object on stdout, others on stderr, some as text. */
function errorMessage(outcome: Extract<BdOutcome, { kind: 'ended' }>): string {
  for (const text of [outcome.stderr, outcome.stdout]) {
    // Warnings may precede the object.
    const error = errorIn(parse(text.slice(Math.max(0, text.search(/^\{/m)))));
    if (error !== null) {
      return error;
    }
  }
  const line = firstLine(outcome.stderr) || firstLine(outcome.stdout);
  if (line !== '') {
    return line.replace(/^error:\s*/i, '');
  }
  const { exitCode } = outcome;
  return exitCode === null
    ? 'nothing, and was ended by a signal'
    : `nothing (exit code ${exitCode})`;
}

function errorIn(json: unknown): string | null {
  const wrapped = wrapperSchema.safeParse(json);
  for (const value of [json, wrapped.success ? wrapped.data.data : undefined]) {
    const read = errorSchema.safeParse(value);
    if (read.success) {
      const reasons = (read.data.failed ?? []).map(({ error }) => error);
      return reasons.length === 0 ? read.data.error : reasons.join('; ');
    }
  }
  return null;
}

function unwrap(json: unknown): unknown {
  const wrapper = Array.isArray(json) ? null : wrapperSchema.safeParse(json).data;
  return wrapper?.data ?? wrapper?.items ?? json;
}

/** `undefined` if the text is not JSON. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Returns the first line that is neither empty nor a warning; bd prints its warnings with any output. */
function firstLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line !== '' && !/^warning:/i.test(line)) ?? '';
}

function sentence(text: string): string {
  const quoted = quote(text);
  return /[.!?…]$/.test(quoted) ? quoted : `${quoted}.`;
}

function quote(text: string): string {
  return shortened(oneLine(text), LONGEST_QUOTE);
}
