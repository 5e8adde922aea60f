import * as z from 'zod/mini';

const word = z.string().check(z.trim(), z.minLength(1));
const id = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value) => String(value).trim()),
);
/** The id of a task: text or a number. */
export const taskId = id.check(z.refine((value) => value !== '', 'must not be empty'));
const words = z.array(word);
const PRIORITIES = { critical: 0, high: 1, medium: 2, low: 3 } as const;
/** A number from 0 (most urgent) to 4, or a word for one. */
export const priority = z.pipe(
  z.union([
    z.int().check(z.minimum(0), z.maximum(4)),
    z.enum(['critical', 'high', 'medium', 'low']),
  ]),
  z.transform((value) => (typeof value === 'number' ? value : PRIORITIES[value])),
);
/** The agents and skills for a task. */
const roles = {
  subagent_type: z.nullish(word),
  fallback_agents: z.nullish(words),
  applicable_skills: z.nullish(words),
};
/** How a task is proven, and whether the user works with its agent. */
const proof = {
  test: z.nullish(word),
  noChange: z.nullish(z.boolean()),
  interactive: z.nullish(z.boolean()),
};
/** The keys of this extension that some tools keep in `metadata`, apart from a task's own keys. */
export const taskMetadata = { ...roles, ...proof };

/** One task of a JSON task file as written; ignores unknown keys. */
export const jsonTaskSchema = z
  .looseObject({
    id: taskId,
    title: z.nullish(z.string()),
    description: z.nullish(z.string()),
    /** The conditions for the task to be done. Ignores values of another type, which other tools use. */
    acceptance_criteria: z.catch(z.nullish(z.union([z.string(), z.array(z.string())])), null),
    status: z.nullish(z.string()),
    dependencies: z.nullish(z.array(id)),
    ...roles,
    /** Roles and proof keys, if a tool keeps them one level down. */
    metadata: z.nullish(z.looseObject(taskMetadata)),
    ...proof,
    priority: z.nullish(priority),
    files: z.nullish(words),
    context_files: z.nullish(words),
    run: z.nullish(word),
  })
  .check(
    z.refine(
      ({ title, description, run }) =>
        [title, description, run].some((text) => (text ?? '').trim() !== ''),
      { error: 'needs a title, a description or a run line', path: ['title'] },
    ),
  );
export type JsonTask = z.infer<typeof jsonTaskSchema>;

/** Describes the first faults of a task, one clause each: `priority: …`. */
export function faults(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
