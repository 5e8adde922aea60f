import * as z from 'zod/mini';
import type { Tool } from '../protocol.ts';

/** What is read of the JSON schema of a tool's parameters. */
export const jsonSchema = z.looseObject({
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
});

/** A tool whose parameters a schema describes. */
export function toolOf(
  name: string,
  { properties = {}, required = [] }: z.infer<typeof jsonSchema> = {},
): Tool {
  return { name, takes: Object.keys(properties), needs: required };
}
