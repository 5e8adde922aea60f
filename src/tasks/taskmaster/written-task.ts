import * as z from 'zod/mini';
import { faults, priority, taskId, taskMetadata } from '../json/task-schema.ts';

const text = z.nullish(z.string());
const file = z.pipe(
  z.union([z.string(), z.looseObject({ path: z.string() })]),
  z.transform((value) => (typeof value === 'string' ? value : value.path)),
);

/**
 * Status of a task. A value that is not text is an unknown status, which holds the task back; ignoring it would launch
 * the task.
 */
const status = z.nullish(z.pipe(z.unknown(), z.transform(asText)));
/** Dependencies of a task. A value that is not an id becomes an id that no task has, for the same reason. */
const dependencies = z.nullish(
  z.pipe(
    z.unknown(),
    z.transform((value) => (Array.isArray(value) ? value : [value]).map(asId)),
  ),
);

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asId(value: unknown): string | number {
  return typeof value === 'number' ? value : asText(value);
}

/** Fields of a task. Each is validated separately, so that an invalid one costs the task only this field. */
const fields = {
  title: text,
  description: text,
  details: text,
  testStrategy: text,
  acceptanceCriteria: text,
  status,
  dependencies,
  priority: z.nullish(priority),
  relevantFiles: z.nullish(z.array(file)),
  metadata: z.nullish(z.object(taskMetadata)),
} as const;

/** Schema of a task or sub-task as written; its sub-tasks are read one by one. */
export const writtenTaskSchema = z.object({ id: taskId, ...fields });
export type WrittenTask = z.infer<typeof writtenTaskSchema>;

/** The readable part of a task, or the reason why it cannot be read. `ignored`: each invalid field, in one clause. */
export type ReadTask =
  | { readonly task: WrittenTask; readonly ignored: readonly string[] }
  | { readonly message: string };

/** Reads a task. Ignores invalid fields; only an id is required. */
export function readTask(value: Readonly<Record<string, unknown>>): ReadTask {
  const read = writtenTaskSchema.safeParse(value);
  if (read.success) {
    return { task: read.data, ignored: [] };
  }
  const wrong = new Set(read.error.issues.map(({ path: [name] }) => name));
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !wrong.has(name)));
  const again = writtenTaskSchema.safeParse(rest);
  if (!again.success) {
    return { message: faults(again.error) };
  }
  return { task: again.data, ignored: [...new Set(faults(read.error).split('; '))] };
}
