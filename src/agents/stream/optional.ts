import * as z from 'zod/mini';

/** Beyond this, sums would not be exact, and in the end no numbers any more. */
const LARGEST = 1e15;
const sane = z.number().check(z.minimum(-LARGEST), z.maximum(LARGEST));

/** Fields that may be missing, or of another kind in another version: then they count as missing, and the rest is kept. */
export const maybe = {
  text: z.catch(z.optional(z.string()), undefined),
  number: z.catch(z.optional(z.nullable(sane)), undefined),
  flag: z.catch(z.optional(z.nullable(z.boolean())), undefined),
  input: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
};
