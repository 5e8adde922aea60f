import * as z from 'zod/mini';

/** The largest accepted number: sums of larger ones would not be exact. */
const LARGEST = 1e15;
const sane = z.number().check(z.minimum(-LARGEST), z.maximum(LARGEST));

/** Optional fields. A value of another type, as another version may print it, counts as missing, and the rest is kept. */
export const maybe = {
  text: z.catch(z.optional(z.string()), undefined),
  number: z.catch(z.optional(z.nullable(sane)), undefined),
  flag: z.catch(z.optional(z.nullable(z.boolean())), undefined),
  input: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
};
