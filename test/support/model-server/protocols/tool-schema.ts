import * as z from 'zod/mini';
import type { Tool } from '../protocol.ts';

/** The fields of the JSON schema of a tool's parameters that are used. */
export const jsonSchema = z.looseObject({
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
});

/** Makes a tool from the schema of its parameters. */
export function toolOf(
  name: string,
  { properties = {}, required = [] }: z.infer<typeof jsonSchema> = {},
): Tool {
  return { name, accepts: Object.keys(properties), requires: required };
}
