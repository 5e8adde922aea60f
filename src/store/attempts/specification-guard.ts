import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import { JOBS, STDIN_MODES } from '../../coordinator/schema/attempt-values.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import { ADAPTERS } from '../../shared/agent-ids.ts';
import { isObject } from '../../shared/json-object.ts';

type Guard = (value: unknown) => boolean;

/**
 * Whether `value` is an attempt that this version understands. It accepts exactly what `attemptSpecSchema` accepts; a test
 * compares the two. It is written by hand because a runner starts for every attempt, and loading the schemas would add a
 * fifth to its start time.
 */
export function isAttemptSpec(value: unknown): value is AttemptSpec {
  return hasFields(value, FIELDS);
}

const isText: Guard = (value) => typeof value === 'string';
const isFilled: Guard = (value) => typeof value === 'string' && value !== '';
const isCount: Guard = (value) => Number.isSafeInteger(value) && Number(value) > 0;
const isAmount: Guard = (value) => Number.isFinite(value) && Number(value) >= 0;
const isTexts: Guard = (value) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...allowed: readonly unknown[]): Guard =>
  (value) =>
    allowed.includes(value);

const FIELDS: Readonly<Record<keyof AttemptSpec, Guard>> = {
  v: oneOf(FORMAT),
  run: (value) => typeof value === 'string' && /^[\w-]{1,80}$/.test(value),
  group: isFilled,
  job: oneOf(...JOBS),
  task: (value) => value === null || isFilled(value),
  taskId: isText,
  title: isText,
  subagent: isText,
  agent: isText,
  attempt: isCount,
  maxAttempts: isCount,
  again: (value) => value === undefined || isText(value),
  epoch: isCount,
  lockDirectory: isFilled,
  command: isCommand,
  cwd: isFilled,
  env: (value) => isObject(value) && Object.values(value).every(isText),
  adapter: oneOf(...ADAPTERS),
  stdin: oneOf(...STDIN_MODES),
  limits: (value) =>
    hasFields(value, { timeoutMs: isCount, graceMs: isCount, maxLogBytes: isCount }),
  baseline: (value) =>
    value === undefined ||
    hasFields(value, {
      inputTokens: isAmount,
      outputTokens: isAmount,
      costUsd: (cost) => cost === null || isAmount(cost),
    }),
};

function isCommand(value: unknown): boolean {
  return (
    hasFields(value, { kind: oneOf('shell'), line: isFilled }) ||
    hasFields(value, {
      kind: oneOf('argv'),
      argv: (argv) => isTexts(argv) && Array.isArray(argv) && argv.length > 0,
    })
  );
}

function hasFields(value: unknown, fields: Readonly<Record<string, Guard>>): boolean {
  return isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
}
