import * as z from 'zod/mini';
import type { Chunk, Content, Protocol } from '../protocol.ts';
import { newId } from './new-id.ts';
import { jsonSchema, toolOf } from './tool-schema.ts';

const block = z.looseObject({ type: z.string(), text: z.optional(z.string()) });
const request = z.object({
  model: z.string(),
  stream: z._default(z.boolean(), false),
  messages: z.array(
    z.object({
      role: z.enum(['user', 'assistant']),
      content: z.union([z.string(), z.array(block)]),
    }),
  ),
  tools: z._default(z.array(z.object({ name: z.string(), input_schema: jsonSchema })), []),
});

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Anthropic's Messages, the protocol of Claude Code. */
export const anthropic: Protocol = {
  endpoint: /^POST \/v1\/messages(?:\?|$)/,
  read(body) {
    const { model, stream, messages, tools } = request.parse(body);
    return {
      messages: messages.map(({ role, content }) => {
        if (role === 'assistant') {
          return null;
        }
        if (typeof content === 'string') {
          return content;
        }
        return content.map(({ text = '' }) => text).join('\n');
      }),
      tools: tools.map(({ name, input_schema }) => toolOf(name, input_schema)),
      begin: (inputTokens) => [messageStart(model, inputTokens)],
      rest: (content, usage) => [
        ...contentBlock(content),
        named({
          type: 'message_delta',
          delta: { stop_reason: stopReason(content), stop_sequence: null },
          usage: { output_tokens: usage.output },
        }),
        named({ type: 'message_stop' }),
      ],
      // Claude Code's fallback after a stream broke off.
      whole: stream
        ? undefined
        : (content, usage) => ({
            ...message(model),
            content: [blockOf(content)],
            stop_reason: stopReason(content),
            usage: { input_tokens: usage.input, output_tokens: usage.output },
          }),
    };
  },
  refusal: (status, message) => ({
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? 'api_error', message },
  }),
};

function messageStart(model: string, inputTokens: number): Chunk {
  const usage = { input_tokens: inputTokens, output_tokens: 1 };
  return named({ type: 'message_start', message: { ...message(model), usage } });
}

function message(model: string): object {
  const rest = { role: 'assistant', content: [], stop_reason: null, stop_sequence: null };
  return { id: newId('msg'), type: 'message', model, ...rest };
}

function blockOf(content: Content): object {
  return 'text' in content
    ? { type: 'text', text: content.text }
    : { type: 'tool_use', id: newId('toolu'), name: content.tool, input: content.input };
}

function stopReason(content: Content): string {
  return 'text' in content ? 'end_turn' : 'tool_use';
}

function contentBlock(content: Content): Chunk[] {
  const [begun, delta] =
    'text' in content
      ? [
          { type: 'text', text: '' },
          { type: 'text_delta', text: content.text },
        ]
      : [
          { type: 'tool_use', id: newId('toolu'), name: content.tool, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(content.input) },
        ];
  return [
    named({ type: 'content_block_start', index: 0, content_block: begun }),
    named({ type: 'content_block_delta', index: 0, delta }),
    named({ type: 'content_block_stop', index: 0 }),
  ];
}

function named(data: { readonly type: string } & Record<string, unknown>): Chunk {
  return { event: data.type, data };
}
