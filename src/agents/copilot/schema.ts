import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/json-object.ts';
import { maybe } from '../stream/optional.ts';

/* The used fields of the events of `copilot --output-format json`; nearly all are optional. */
const fileEdit = z.object({ path: z.string() });
const toolRef = { toolCallId: maybe.text, toolName: maybe.text };

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.start'),
    data: z.object({ sessionId: maybe.text, copilotVersion: maybe.text }),
  }),
  z.object({
    type: z.literal('assistant.message'),
    data: z.object({
      content: maybe.text,
      reasoningText: maybe.text,
      /** The tool call whose subagent wrote the message. */
      parentToolCallId: maybe.text,
    }),
  }),
  z.object({ type: z.literal('assistant.reasoning'), data: z.object({ content: maybe.text }) }),
  z.object({
    type: z.literal('tool.execution_start'),
    data: z.object({ ...toolRef, arguments: z.optional(z.unknown()) }),
  }),
  z.object({
    type: z.literal('tool.execution_complete'),
    data: z.object({
      ...toolRef,
      success: maybe.flag,
      fileEdits: z.catch(z.array(fileEdit), []),
      shellExecution: z.catch(z.optional(z.object({ exitCode: maybe.number })), undefined),
      error: z.catch(z.optional(z.object({ message: maybe.text, code: maybe.text })), undefined),
    }),
  }),
  z.object({
    type: z.literal('permission.requested'),
    data: z.object({ requestId: maybe.text, permissionRequest: maybe.input }),
  }),
  z.object({
    type: z.literal('permission.completed'),
    data: z.object({
      requestId: maybe.text,
      toolCallId: maybe.text,
      result: z.catch(z.optional(z.object({ kind: maybe.text })), undefined),
    }),
  }),
  z.object({
    type: z.literal('model.call_failure'),
    data: z.object({
      statusCode: maybe.number,
      errorType: maybe.text,
      errorMessage: maybe.text,
      retryAttempt: maybe.number,
    }),
  }),
  z.object({
    type: z.literal('session.error'),
    data: z.object({ errorType: maybe.text, statusCode: maybe.number, message: maybe.text }),
  }),
  z.object({ type: z.literal('session.warning'), data: z.object({ message: maybe.text }) }),
  z.object({ type: z.literal('subagent.failed'), data: z.object({ error: maybe.text }) }),
  z.object({ type: z.literal('user_input.requested'), data: z.object({ question: maybe.text }) }),
  z.object({ type: z.literal('elicitation.requested'), data: z.object({ message: maybe.text }) }),
  z.object({
    type: z.literal('abort'),
    data: z.catch(z.optional(z.object({ reason: maybe.text })), undefined),
  }),
  z.object({ type: z.literal('result'), sessionId: maybe.text, exitCode: z.int() }),
]);
export type CopilotEvent = z.infer<typeof event>;
/** The data of events of one type. */
export type CopilotData<Type extends CopilotEvent['type']> =
  Extract<CopilotEvent, { type: Type }> extends { data: infer Data } ? Data : never;

/** The event in an object of the stream; `null` if it is unknown or malformed. */
export function parseCopilotEvent(object: JsonObject): CopilotEvent | null {
  const parsed = event.safeParse(object);
  return parsed.success ? parsed.data : null;
}

const model = z.object({
  usage: z.object({ inputTokens: maybe.number, outputTokens: maybe.number }),
});
const usageReport = z.object({
  modelMetrics: z.record(z.string(), z.catch(z.optional(model), undefined)),
});

/** The content of the file of `--usage-output-file`: tokens by model; `null` if it is malformed. */
export function parseUsageReport(
  text: string,
): readonly { readonly input: number; readonly output: number }[] | null {
  try {
    const parsed = usageReport.safeParse(JSON.parse(text));
    if (!parsed.success) {
      return null;
    }
    return Object.values(parsed.data.modelMetrics).map((each) => ({
      input: Math.max(0, each?.usage.inputTokens ?? 0),
      output: Math.max(0, each?.usage.outputTokens ?? 0),
    }));
  } catch {
    return null;
  }
}
