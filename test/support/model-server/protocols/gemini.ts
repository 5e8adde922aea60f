import * as z from 'zod/mini';
import type { Content, Protocol } from '../protocol.ts';
import type { Usage } from '../script.ts';
import { newId } from './new-id.ts';
import { jsonSchema, toolOf } from './tool-schema.ts';

const declaration = z.looseObject({
  name: z.string(),
  parameters: z.optional(jsonSchema),
  parametersJsonSchema: z.optional(jsonSchema),
});
const request = z.looseObject({
  contents: z.array(
    z.looseObject({
      role: z.optional(z.string()),
      parts: z._default(z.array(z.looseObject({ text: z.optional(z.string()) })), []),
    }),
  ),
  tools: z._default(
    z.array(z.looseObject({ functionDeclarations: z.optional(z.array(declaration)) })),
    [],
  ),
});

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** Gemini's own API, the protocol of the Gemini CLI. */
export const gemini: Protocol = {
  endpoint: /^POST \/v1(?:beta|alpha)?\/models\/[^:]+:(?:streamG|g)enerateContent(?:\?|$)/,
  read(body, url) {
    const { contents, tools } = request.parse(body);
    const modelVersion = /models\/([^:]+):/.exec(url)?.[1] ?? 'unknown';
    const responseId = newId('resp');
    const part = (parts: readonly object[], more: object = {}, finishReason?: string): object => ({
      candidates: [{ index: 0, content: { role: 'model', parts }, finishReason }],
      modelVersion,
      responseId,
      ...more,
    });
    const whole = (content: Content, usage: Usage): object =>
      part([partOf(content)], { usageMetadata: usageMetadata(usage) }, 'STOP');
    return {
      messages: contents.map(({ role, parts }) =>
        role === 'model' ? null : parts.map(({ text = '' }) => text).join('\n'),
      ),
      tools: tools
        .flatMap(({ functionDeclarations = [] }) => functionDeclarations)
        .map(({ name, parameters, parametersJsonSchema }) =>
          toolOf(name, parametersJsonSchema ?? parameters),
        ),
      begin: () => [{ data: part([{ text: '' }]) }],
      rest: (content, usage) => [{ data: whole(content, usage) }],
      whole: url.includes(':generateContent') ? whole : undefined,
    };
  },
  refusal: (status, message) => ({
    error: { code: status, message, status: STATUS[status] ?? 'UNKNOWN' },
  }),
};

function partOf(content: Content): object {
  if ('text' in content) {
    return { text: content.text };
  }
  return { functionCall: { name: content.tool, args: content.input } };
}

function usageMetadata({ input, output }: Usage): object {
  return {
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  };
}
