import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/json-object.ts';
import { maybe } from '../stream/optional.ts';

/*
 * The used fields of the events of `claude -p --output-format stream-json --verbose`. Nearly all fields are optional, because
 * versions 1.0 to 2.1 differ and the next version will differ too.
 */
const tokens = z.object({
  input_tokens: maybe.number,
  output_tokens: maybe.number,
  cache_creation_input_tokens: maybe.number,
  cache_read_input_tokens: maybe.number,
});
export type Tokens = z.infer<typeof tokens>;

const modelTokens = z.object({
  inputTokens: maybe.number,
  outputTokens: maybe.number,
  cacheReadInputTokens: maybe.number,
  cacheCreationInputTokens: maybe.number,
});
export type ModelTokens = z.infer<typeof modelTokens>;

const input = z.record(z.string(), z.unknown());

const block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input }),
  z.object({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    is_error: maybe.flag,
    content: z.optional(z.unknown()),
  }),
  z.object({ type: z.literal('unknown') }),
]);
export type ContentBlock = z.infer<typeof block>;

/** A prompt may be a plain string. Blocks of other types become `unknown`. */
const content = z.catch(z.array(z.catch(block, { type: 'unknown' })), []);

const init = z.object({
  type: z.literal('system'),
  subtype: z.literal('init'),
  session_id: maybe.text,
  claude_code_version: maybe.text,
});
const apiRetry = z.object({
  type: z.literal('system'),
  subtype: z.literal('api_retry'),
  attempt: maybe.number,
  max_retries: maybe.number,
  retry_delay_ms: maybe.number,
  error_status: maybe.number,
  error: maybe.text,
});
const permissionDenied = z.object({
  type: z.literal('system'),
  subtype: z.literal('permission_denied'),
  tool_name: maybe.text,
  tool_use_id: maybe.text,
  message: maybe.text,
});
const assistant = z.object({
  type: z.literal('assistant'),
  message: z.object({ id: maybe.text, content, usage: z.catch(z.optional(tokens), undefined) }),
  error: maybe.text,
  api_error_status: maybe.number,
});
const user = z.object({ type: z.literal('user'), message: z.object({ content }) });
const rateLimit = z.object({
  type: z.literal('rate_limit_event'),
  rate_limit_info: z.object({
    status: z.string(),
    /** Seconds since the epoch. */
    resetsAt: maybe.number,
  }),
});
const denial = z.object({
  tool_name: maybe.text,
  tool_use_id: maybe.text,
  tool_input: maybe.input,
});
const result = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean(),
  result: maybe.text,
  errors: z.catch(z.optional(z.array(z.string())), undefined),
  api_error_status: maybe.number,
  session_id: maybe.text,
  total_cost_usd: maybe.number,
  usage: z.catch(z.optional(tokens), undefined),
  modelUsage: z.catch(z.optional(z.record(z.string(), modelTokens)), undefined),
  permission_denials: z.catch(z.optional(z.array(denial)), undefined),
});
export type ClaudeResult = z.infer<typeof result>;
export type ClaudeRetry = z.infer<typeof apiRetry>;

const event = z.discriminatedUnion('type', [
  z.discriminatedUnion('subtype', [init, apiRetry, permissionDenied]),
  assistant,
  user,
  rateLimit,
  result,
]);
export type ClaudeEvent = z.infer<typeof event>;

/** The event in an object of the stream; `null` if it is unknown or malformed. */
export function parseClaudeEvent(object: JsonObject): ClaudeEvent | null {
  const parsed = event.safeParse(object);
  return parsed.success ? parsed.data : null;
}
