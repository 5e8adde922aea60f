import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import type { Attributes } from './span-record.ts';

/*
 * Names by OpenTelemetry's semantic conventions for GenAI, status "Development":
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/ (invoke_agent, invoke_workflow) and
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ (boundaries of the histograms).
 */

/**
 * The convention recommends boundaries up to 81.92 s. Agents work for longer than one request, so these reach about an
 * hour. In seconds.
 */
export const DURATION_BOUNDARIES = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84,
  327.68, 655.36, 1310.72, 2621.44, 5242.88,
];
export const TOKEN_BOUNDARIES = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
  67_108_864,
];

/** Whether the attempt calls a model; a task's own command does not. */
export function asksModel({ agent }: LaunchSpec): boolean {
  return agent !== 'run';
}

/** Attributes that name the operation on spans and metrics. */
export function operationOf(plan: LaunchSpec): Attributes {
  const model = modelOf(plan);
  return {
    'gen_ai.operation.name': 'invoke_agent',
    // An agent that reports no provider counts as its own.
    'gen_ai.provider.name': plan.provider === '' ? plan.agent : plan.provider,
    'gen_ai.agent.name': plan.subagent,
    ...(model === null ? {} : { 'gen_ai.request.model': model }),
  };
}

/** The usage that the agent reported. */
export function usageOf({ usage, sessionId }: Outcome): Attributes {
  return {
    ...(usage === null
      ? {}
      : {
          'gen_ai.usage.input_tokens': usage.inputTokens,
          'gen_ai.usage.output_tokens': usage.outputTokens,
        }),
    ...(sessionId === null ? {} : { 'gen_ai.conversation.id': sessionId }),
  };
}

/** The conversation itself; only sent if a person has enabled it. */
export function contentOf(prompt: string | null, { summary }: Outcome): Attributes {
  const message = (role: string, content: string): string =>
    JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
  return {
    ...(prompt === null ? {} : { 'gen_ai.input.messages': message('user', prompt) }),
    ...(summary === null ? {} : { 'gen_ai.output.messages': message('assistant', summary) }),
  };
}

/** The model in the command; `null` if the agent chooses it. */
function modelOf({ command }: LaunchSpec): string | null {
  if (command.kind !== 'argv') {
    return null;
  }
  const at = command.argv.indexOf('--model');
  return at === -1 ? null : (command.argv[at + 1] ?? null);
}
