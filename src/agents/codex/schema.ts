import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/json-object.ts';
import { maybe } from '../stream/optional.ts';

/*
 * The used fields of the events of `codex exec --json`. Nearly all fields are optional, because the next version will differ.
 */
const change = z.object({ path: z.string(), kind: maybe.text });

const item = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent_message'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: maybe.text }),
  z.object({
    type: z.literal('command_execution'),
    id: maybe.text,
    command: maybe.text,
    aggregated_output: maybe.text,
    exit_code: maybe.number,
    status: maybe.text,
  }),
  z.object({
    type: z.literal('file_change'),
    id: maybe.text,
    changes: z.catch(z.array(change), []),
    status: maybe.text,
  }),
  z.object({
    type: z.literal('mcp_tool_call'),
    id: maybe.text,
    server: maybe.text,
    tool: maybe.text,
    status: maybe.text,
    error: z.catch(z.optional(z.nullable(z.object({ message: maybe.text }))), undefined),
  }),
  z.object({ type: z.literal('collab_tool_call'), tool: maybe.text, prompt: maybe.text }),
  z.object({ type: z.literal('web_search'), query: maybe.text }),
  z.object({ type: z.literal('todo_list') }),
  z.object({ type: z.literal('error'), message: maybe.text }),
]);
export type CodexItem = z.infer<typeof item>;

const usage = z.object({ input_tokens: maybe.number, output_tokens: maybe.number });
export type CodexUsage = z.infer<typeof usage>;

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread.started'), thread_id: maybe.text }),
  z.object({ type: z.literal('turn.started') }),
  z.object({ type: z.literal('turn.completed'), usage: z.catch(z.optional(usage), undefined) }),
  z.object({
    type: z.literal('turn.failed'),
    error: z.catch(z.optional(z.object({ message: maybe.text })), undefined),
  }),
  z.object({ type: z.literal('item.started'), item }),
  z.object({ type: z.literal('item.completed'), item }),
  z.object({ type: z.literal('error'), message: maybe.text }),
]);
export type CodexEvent = z.infer<typeof event>;

/** The event in an object of the stream; `null` if it is unknown or malformed. */
export function parseCodexEvent(object: JsonObject): CodexEvent | null {
  const parsed = event.safeParse(object);
  return parsed.success ? parsed.data : null;
}
