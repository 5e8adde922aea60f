import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';

/** As in `ATTEMPT_FORMAT`, which would load the schemas with it. */
const FORMAT: AttemptSpec['v'] = 1;

type Check = (value: unknown) => boolean;

/**
 * Whether `value` is an attempt that this version understands: exactly what `attemptSpecSchema` accepts, as a test holds.
 * Written out because a runner starts for every attempt, and loading the schemas would take it a fifth of its start.
 */
export function isAttemptSpec(value: unknown): value is AttemptSpec {
  return hasFields(value, FIELDS);
}

const isText: Check = (value) => typeof value === 'string';
const isFilled: Check = (value) => typeof value === 'string' && value !== '';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0;
const isAmount: Check = (value) => Number.isFinite(value) && Number(value) >= 0;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);

const FIELDS: Readonly<Record<keyof AttemptSpec, Check>> = {
  v: oneOf(FORMAT),
  run: (value) => typeof value === 'string' && /^[\w-]{1,80}$/.test(value),
  group: isFilled,
  job: oneOf('task', 'task_test', 'refresh', 'baseline', 'tests'),
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
  adapter: oneOf('none', 'claude', 'codex', 'gemini', 'opencode', 'copilot'),
  stdin: oneOf('closed', 'prompt', 'conversation', 'terminal'),
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

function hasFields(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  return isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
