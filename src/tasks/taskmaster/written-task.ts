import * as z from 'zod/mini';
import { faults, priority, taskId, taskMetadata } from '../json/task-schema.ts';

const text = z.nullish(z.string());
const file = z.pipe(
  z.union([z.string(), z.looseObject({ path: z.string() })]),
  z.transform((value) => (typeof value === 'string' ? value : value.path)),
);

/** What is no text is an unknown status, which holds the task back; ignored, it would launch it. */
const status = z.nullish(z.pipe(z.unknown(), z.transform(asText)));
/** What is no id is one that no task has, for the same reason. */
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

/** Each field for itself, so that one that is wrong costs the task nothing but itself. */
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

/** A task or sub-task as it is written; its sub-tasks are read one by one. */
export const writtenTaskSchema = z.object({ id: taskId, ...fields });
export type WrittenTask = z.infer<typeof writtenTaskSchema>;

/** What could be read of a task, or why nothing could. `ignored`: each wrong field, in one clause. */
export type ReadTask =
  | { readonly task: WrittenTask; readonly ignored: readonly string[] }
  | { readonly message: string };

/** Reads a task; a field that is wrong is ignored, only an id it must have. */
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
