import * as z from 'zod/mini';

const resultSchema = z.looseObject({
  task_id: z.string(),
  status: z.string(),
  attempts: z.number(),
  interrupted: z.number(),
  closed: z.boolean(),
  blocked_by: z.array(z.string()),
  log: z.nullable(z.string()),
});

const metadataSchema = z.looseObject({
  key: z.string(),
  group_id: z.string(),
  status: z.string(),
  run_id: z.nullable(z.string()),
  exit_code: z.nullable(z.number()),
  held_by: z.nullable(z.string()),
  results: z.array(resultSchema),
  tests: z.nullable(z.looseObject({ status: z.string() })),
});
export type Metadata = z.infer<typeof metadataSchema>;

const allSchema = z.object({
  version: z.literal(1),
  groups: z.array(metadataSchema),
  exit_code: z.number(),
  refused: z.optional(z.array(z.looseObject({ group: z.string() }))),
});

const errorSchema = z.object({
  version: z.literal(1),
  error: z.looseObject({ reason: z.string(), message: z.string() }),
  exit_code: z.number(),
});

/** Parses the output of execute, status, wait and resume with --json. */
export function metadataIn({ json }: { readonly json: unknown }): Metadata {
  return metadataSchema.parse(json);
}

/** Parses the output of execute --all with --json. */
export function allIn({ json }: { readonly json: unknown }): z.infer<typeof allSchema> {
  return allSchema.parse(json);
}

/** Parses the output of a failed command with --json. */
export function errorIn({ json }: { readonly json: unknown }): z.infer<typeof errorSchema> {
  return errorSchema.parse(json);
}

/** Returns `{ t1: 'completed', … }`. */
export function fates({ results }: Metadata): Record<string, string> {
  return Object.fromEntries(results.map(({ task_id, status }) => [task_id, status]));
}
