import * as z from 'zod/mini';
import type { ModelStep, ToldStep } from './script.ts';

const block = z.looseObject({ type: z.string(), text: z.optional(z.string()) });
const message = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(block)]),
});
const tool = z.object({
  name: z.string(),
  input_schema: z.looseObject({ properties: z.optional(z.record(z.string(), z.unknown())) }),
});
/** What is read of a request to `/v1/messages`. */
export const requestSchema = z.object({
  model: z.string(),
  stream: z.literal(true),
  messages: z.array(message),
  tools: z.optional(z.array(tool)),
});
export type ModelRequest = z.infer<typeof requestSchema>;

/** All that a person said, message by message; `null` for the assistant's own turns. */
export function saidIn(request: ModelRequest): (string | null)[] {
  return request.messages.map(({ role, content }) => {
    if (role === 'assistant') return null;
    return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n');
  });
}

/** An event of the stream, of whatever shape its type has. */
export type StreamEvent = Readonly<{ type: string } & Record<string, unknown>>;

type Answering = Extract<ModelStep, { do: 'write' | 'bash' | 'text' }>;
const DEFAULT_USAGE = { input: 100, output: 10 };

/** The events of an answer that carries a step out. Throws where the request offers no tool that could. */
export function answerEvents(
  request: ModelRequest,
  step: Answering,
  usage: NonNullable<ToldStep['usage']> = DEFAULT_USAGE,
): StreamEvent[] {
  const content = contentOf(request, step);
  const { begin, delta } = content;
  const stop_reason = step.do === 'text' ? 'end_turn' : 'tool_use';
  return [
    messageStart(request.model, usage.input),
    { type: 'content_block_start', index: 0, content_block: begin },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: usage.output },
    },
    { type: 'message_stop' },
  ];
}

/** The first event of any answer. */
export function messageStart(model: string, inputTokens: number): StreamEvent {
  const usage = { input_tokens: inputTokens, output_tokens: 1 };
  const rest = { role: 'assistant', content: [], stop_reason: null, stop_sequence: null };
  return {
    type: 'message_start',
    message: { id: `msg_${crypto.randomUUID()}`, type: 'message', model, ...rest, usage },
  };
}

function contentOf(request: ModelRequest, step: Answering): { begin: object; delta: object } {
  if (step.do === 'text') {
    return {
      begin: { type: 'text', text: '' },
      delta: { type: 'text_delta', text: step.text },
    };
  }
  const input =
    step.do === 'write'
      ? { file_path: step.file, content: step.text }
      : { command: step.command, description: 'As the script says' };
  const needed = step.do === 'write' ? ['file_path', 'content'] : ['command'];
  const name = toolTaking(request, needed);
  const id = `toolu_${crypto.randomUUID()}`;
  return {
    begin: { type: 'tool_use', id, name, input: {} },
    delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
  };
}

/** The tool is chosen from the request's own list, by what it takes. */
function toolTaking(request: ModelRequest, needed: readonly string[]): string {
  const found = request.tools?.find(({ input_schema: { properties = {} } }) =>
    needed.every((name) => Object.hasOwn(properties, name)),
  );
  if (found === undefined) throw new Error(`No tool takes ${needed.join(' and ')}.`);
  return found.name;
}
