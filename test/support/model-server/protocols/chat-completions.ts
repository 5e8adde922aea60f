import * as z from 'zod/mini';
import type { Chunk, Content, Protocol } from '../protocol.ts';
import type { Usage } from '../script.ts';
import { newId } from './new-id.ts';
import { jsonSchema, toolOf } from './tool-schema.ts';

const part = z.looseObject({ text: z.optional(z.string()) });
const message = z.looseObject({
  role: z.string(),
  content: z.optional(z.nullable(z.union([z.string(), z.array(part)]))),
});
const tool = z.looseObject({
  function: z.optional(z.looseObject({ name: z.string(), parameters: z.optional(jsonSchema) })),
});
const request = z.object({
  model: z.string(),
  stream: z._default(z.boolean(), false),
  messages: z.array(message),
  tools: z._default(z.array(tool), []),
});

/** OpenAI's Chat Completions, the protocol of OpenCode and Copilot with a custom provider. */
export const chatCompletions: Protocol = {
  endpoint: /^POST (?:\/v1)?\/chat\/completions(?:\?|$)/,
  read(body) {
    const { model, stream, messages, tools } = request.parse(body);
    const answer = { id: newId('chatcmpl'), created: 0, model };
    const chunk = (delta: object, finish: string | null = null, more: object = {}): Chunk => {
      const choices = [{ index: 0, delta, finish_reason: finish }];
      return { data: { ...answer, object: 'chat.completion.chunk', choices, ...more } };
    };
    return {
      messages: messages.flatMap(messagesIn),
      tools: tools.flatMap(({ function: each }) =>
        each === undefined ? [] : [toolOf(each.name, each.parameters)],
      ),
      begin: () => [chunk({ role: 'assistant', content: '' })],
      rest: (content, usage) => [
        chunk(messageOf(content)),
        chunk({}, finishReason(content), { usage: usageOf(usage) }),
        { data: '[DONE]' },
      ],
      whole: stream
        ? undefined
        : (content, usage) => {
            const message = { role: 'assistant', content: null, ...messageOf(content) };
            const choices = [{ index: 0, message, finish_reason: finishReason(content) }];
            return { ...answer, object: 'chat.completion', choices, usage: usageOf(usage) };
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

/** Returns the messages of the user in a message: instructions and tool results are none. */
function messagesIn({ role, content }: z.infer<typeof message>): (string | null)[] {
  if (role === 'assistant') {
    return [null];
  }
  if (role !== 'user') {
    return [];
  }
  if (typeof content === 'string') {
    return [content];
  }
  return [(content ?? []).map(({ text = '' }) => text).join('\n')];
}

function messageOf(content: Content): object {
  if ('text' in content) {
    return { content: content.text };
  }
  const call = { name: content.tool, arguments: JSON.stringify(content.input) };
  return { tool_calls: [{ index: 0, id: newId('call'), type: 'function', function: call }] };
}

function finishReason(content: Content): string {
  return 'text' in content ? 'stop' : 'tool_calls';
}

function usageOf({ input, output }: Usage): object {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
