import * as z from 'zod/mini';
import { t } from '../../../shared/messages.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import {
  type BadIssue,
  type Issue,
  type PrintedIssues,
  readIssue,
} from '../issues/issue-schema.ts';
import type { BdOutcome } from './run-bd.ts';

const errorSchema = z.looseObject({ error: z.string() });
const wrapperSchema = z.looseObject({
  data: z.optional(z.unknown()),
  items: z.optional(z.unknown()),
});

/** A message of bd's is shown up to here, in UTF-16 units. */
const LONGEST_QUOTE = 300;
/** What a bd that is too old, or another program of that name, makes necessary. */
const UPDATE = (): string =>
  t('Update beads (`bd version` says which one runs), or set parallelGroups.bdPath.');

/** What bd printed: the JSON, its wrapper taken off, or in one sentence why there is none. */
export function printedJson(outcome: BdOutcome): Result<unknown, string> {
  if (outcome.kind !== 'ended' || outcome.exitCode !== 0) {
    return failure(whyNot(outcome));
  }
  const json = parse(outcome.stdout);
  if (json === undefined) {
    const printed = quote(firstLine(outcome.stdout));
    return failure(`bd printed no JSON${printed === '' ? '' : `, but “${printed}”`}. ${UPDATE()}`);
  }
  const error = errorIn(json);
  return error === null ? success(unwrap(json)) : failure(`bd said: ${sentence(error)}`);
}

/** The issues that bd printed as one of: a list, a list in `data` or `items`, a single issue. */
export function printedIssues(outcome: BdOutcome): Result<PrintedIssues, string> {
  const json = printedJson(outcome);
  if (!json.ok) {
    return json;
  }
  // Go prints an empty list as null when it was never filled.
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

/** Why a call brought nothing, in one sentence for a person: what bd said, where it said something. */
export function whyNot(outcome: BdOutcome): string {
  switch (outcome.kind) {
    case 'missing':
      return t('bd was not found.');
    case 'not-started':
      return t('bd could not be started ({0}).', outcome.why);
    case 'too-slow':
      return t('bd did not answer within {0} s and was ended.', outcome.limitMs / 1000);
    case 'too-much':
      return t('bd printed more than 64 MiB and was ended.');
    case 'ended':
      return `bd said: ${sentence(saidBy(outcome))}`;
    default:
      return unreachable(outcome);
  }
}

/** The words of a failed call. Version 1.0.5 prints its error object on stdout, others on stderr, some errors as text. */
function saidBy(outcome: Extract<BdOutcome, { kind: 'ended' }>): string {
  for (const text of [outcome.stderr, outcome.stdout]) {
    // Warnings may stand before it.
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
  const plain = errorSchema.safeParse(json);
  if (plain.success) {
    return plain.data.error;
  }
  const wrapped = wrapperSchema.safeParse(json);
  const inner = errorSchema.safeParse(wrapped.success ? wrapped.data.data : undefined);
  return inner.success ? inner.data.error : null;
}

function unwrap(json: unknown): unknown {
  const wrapper = Array.isArray(json) ? null : wrapperSchema.safeParse(json).data;
  return wrapper?.data ?? wrapper?.items ?? json;
}

/** `undefined`: it is no JSON. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** The first line that is neither empty nor a warning that comes along with everything. */
function firstLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line !== '' && !/^warning:/i.test(line)) ?? '';
}

function sentence(words: string): string {
  const quoted = quote(words);
  return /[.!?…]$/.test(quoted) ? quoted : `${quoted}.`;
}

function quote(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE)}…`;
}
