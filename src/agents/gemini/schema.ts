import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/json-object.ts';
import { maybe } from '../stream/optional.ts';

/* The used fields of the events of `gemini -o stream-json`; nearly all are optional. */
const trouble = z.object({ type: maybe.text, message: maybe.text });
const stats = z.object({
  total_tokens: maybe.number,
  input_tokens: maybe.number,
  output_tokens: maybe.number,
});
export type GeminiStats = z.infer<typeof stats>;

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('init'), session_id: maybe.text }),
  z.object({
    type: z.literal('message'),
    role: maybe.text,
    content: maybe.text,
    /** Whether the content is a part of a message and not the whole. */
    delta: maybe.flag,
  }),
  z.object({
    type: z.literal('tool_use'),
    tool_name: z.string(),
    tool_id: maybe.text,
    parameters: maybe.input,
  }),
  z.object({
    type: z.literal('tool_result'),
    tool_id: maybe.text,
    status: maybe.text,
    error: z.catch(z.optional(z.nullable(trouble)), undefined),
  }),
  z.object({ type: z.literal('error'), severity: maybe.text, message: maybe.text }),
  z.object({
    type: z.literal('result'),
    status: z.string(),
    error: z.catch(z.optional(z.nullable(trouble)), undefined),
    stats: z.catch(z.optional(stats), undefined),
  }),
]);
export type GeminiEvent = z.infer<typeof event>;

/** The event in an object of the stream; `null` if it is unknown or malformed. */
export function parseGeminiEvent(object: JsonObject): GeminiEvent | null {
  const parsed = event.safeParse(object);
  return parsed.success ? parsed.data : null;
}
