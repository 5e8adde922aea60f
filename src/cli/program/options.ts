import { InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';
import { t } from '../../shared/messages.ts';
import { TASK_STATUSES } from '../../shared/status.ts';

const flag = z._default(z.boolean(), false);

const optionsSchema = z.object({
  workspace: z.string(),
  json: flag,
  groupId: z.optional(z.string()),
  task: z.optional(z.string()),
  message: z.optional(z.string()),
  proven: z._default(z.boolean(), false),
  notProven: z._default(z.boolean(), false),
  all: flag,
  tasksFile: z.optional(z.string()),
  maxConcurrent: z.optional(z.number()),
  agent: z.optional(z.string()),
  units: z.optional(z.string()),
  unitsFile: z.optional(z.string()),
  shards: z.optional(z.number()),
  shard: z.optional(z.number()),
  prompt: z.optional(z.string()),
  promptFile: z.optional(z.string()),
  conflicts: z.optional(z.enum(['apart', 'together'])),
  yes: flag,
  write: flag,
  list: flag,
  resume: flag,
  status: z.optional(z.enum(TASK_STATUSES)),
  timeout: z.optional(z.number()),
});

/** Validates the parsed options of a command. Options that the command does not have are unset. */
export function parseOptions(found: unknown): z.infer<typeof optionsSchema> {
  return optionsSchema.parse(found);
}

/** Parses an option's value as a positive number of seconds. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) {
    return value;
  }
  throw new InvalidArgumentError(t('It has to be a number of seconds above 0.'));
}
