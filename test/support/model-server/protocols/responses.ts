import * as z from 'zod/mini';
import type { Chunk, Content, Protocol, Tool } from '../protocol.ts';
import { newId } from './new-id.ts';
import { jsonSchema, toolOf } from './tool-schema.ts';

const part = z.looseObject({ text: z.optional(z.string()) });
const item = z.looseObject({
  type: z.optional(z.string()),
  role: z.optional(z.string()),
  content: z.optional(z.union([z.string(), z.array(part)])),
});
const tool = z.looseObject({
  type: z.string(),
  name: z.optional(z.string()),
  parameters: z.optional(z.nullable(jsonSchema)),
});
const PATCH = 'patch';
const request = z.object({
  model: z.string(),
  stream: z.literal(true),
  input: z.array(item),
  tools: z._default(z.array(tool), []),
});

/** OpenAI's Responses, the protocol of Codex. */
export const responses: Protocol = {
  endpoint: /^POST \/v1\/responses(?:\?|$)/,
  read(body) {
    const { model, input, tools } = request.parse(body);
    const id = newId('resp');
    const response = (status: string, more: object = {}): object => ({
      id,
      object: 'response',
      status,
      model,
      output: [],
      ...more,
    });
    return {
      messages: input.flatMap(messagesIn),
      tools: tools.flatMap(toolFrom),
      begin: () => [named({ type: 'response.created', response: response('in_progress') })],
      rest: (content, usage) => {
        const done = itemOf(content);
        return [
          named({ type: 'response.output_item.added', output_index: 0, item: done }),
          named({ type: 'response.output_item.done', output_index: 0, item: done }),
          named({
            type: 'response.completed',
            response: response('completed', {
              output: [done],
              usage: {
                input_tokens: usage.input,
                input_tokens_details: { cached_tokens: 0 },
                output_tokens: usage.output,
                output_tokens_details: { reasoning_tokens: 0 },
                total_tokens: usage.input + usage.output,
              },
            }),
          }),
        ];
      },
    };
  },
  refusal: (status, message) => ({
    error: {
      message,
      type: status === 429 ? 'rate_limit_error' : 'invalid_request_error',
      code: null,
    },
  }),
};

/**
 * Reads a tool. One of type `custom` accepts no JSON but a text in a language of its own; the only known one edits
 * files.
 */
function toolFrom({ type, name, parameters }: z.infer<typeof tool>): Tool[] {
  if (name === undefined) {
    return [];
  }
  if (type === 'function') {
    return [toolOf(name, parameters ?? undefined)];
  }
  return type === 'custom' && name === 'apply_patch'
    ? [{ name, accepts: [PATCH], requires: [PATCH] }]
    : [];
}

/**
 * Returns the messages of the user in an item. Each answer of ours is one item and thus one turn; tool results are not
 * messages of the user.
 */
function messagesIn({ type, role, content = [] }: z.infer<typeof item>): (string | null)[] {
  if (type === 'function_call' || type === 'custom_tool_call') {
    return [null];
  }
  if (type !== undefined && type !== 'message') {
    return [];
  }
  if (role === 'assistant') {
    return [null];
  }
  return [typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n')];
}

function itemOf(content: Content): object {
  if ('text' in content) {
    return {
      type: 'message',
      id: newId('msg'),
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: content.text, annotations: [] }],
    };
  }
  const called = { call_id: newId('call'), status: 'completed', name: content.tool };
  const patch = content.input[PATCH];
  if (patch !== undefined) {
    return { type: 'custom_tool_call', id: newId('ctc'), ...called, input: patch };
  }
  return {
    type: 'function_call',
    id: newId('fc'),
    ...called,
    arguments: JSON.stringify(content.input),
  };
}

function named(data: { readonly type: string } & Record<string, unknown>): Chunk {
  return { event: data.type, data };
}
