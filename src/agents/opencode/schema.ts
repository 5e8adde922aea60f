import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/json-object.ts';
import { maybe } from '../stream/optional.ts';

/* The used fields of the events of `opencode run --format json`; nearly all are optional. */
const sessionID = maybe.text;

const cache = z.object({ read: maybe.number, write: maybe.number });
const tokens = z.object({
  input: maybe.number,
  output: maybe.number,
  reasoning: maybe.number,
  cache: z.catch(z.optional(cache), undefined),
});
export type OpencodeTokens = z.infer<typeof tokens>;

const toolPart = z.object({
  callID: maybe.text,
  tool: z.string(),
  state: z.object({
    status: maybe.text,
    input: maybe.input,
    error: maybe.text,
    metadata: z.catch(z.optional(z.object({ exit: maybe.number })), undefined),
  }),
});
export type ToolPart = z.infer<typeof toolPart>;

const trouble = z.object({
  name: maybe.text,
  data: z.catch(
    z.optional(
      z.object({
        message: maybe.text,
        statusCode: maybe.number,
        responseHeaders: z.catch(z.optional(z.record(z.string(), maybe.text)), undefined),
      }),
    ),
    undefined,
  ),
});
export type OpencodeTrouble = z.infer<typeof trouble>;

const said = z.object({ text: maybe.text });
const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step_start'), sessionID }),
  z.object({
    type: z.literal('step_finish'),
    sessionID,
    part: z.object({
      reason: maybe.text,
      tokens: z.catch(z.optional(tokens), undefined),
      cost: maybe.number,
    }),
  }),
  z.object({ type: z.literal('text'), sessionID, part: said }),
  z.object({ type: z.literal('reasoning'), sessionID, part: said }),
  z.object({ type: z.literal('tool_use'), sessionID, part: toolPart }),
  z.object({ type: z.literal('error'), sessionID, error: z.catch(trouble, {}) }),
]);
export type OpencodeEvent = z.infer<typeof event>;

/** The event in an object of the stream; `null` if it is unknown or malformed. */
export function parseOpencodeEvent(object: JsonObject): OpencodeEvent | null {
  const parsed = event.safeParse(object);
  return parsed.success ? parsed.data : null;
}
