import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import { DURATION_BOUNDARIES, TOKEN_BOUNDARIES } from './gen-ai.ts';
import type { AttemptRecord } from './span-record.ts';

const MS_PER_SECOND = 1000;

/** The metrics. The first two are GenAI's own; the others belong to this project and cover every attempt. */
export interface Instruments {
  readonly duration: Histogram;
  readonly tokens: Histogram;
  readonly attempts: Histogram;
  readonly throttles: Counter;
  readonly cost: Counter;
}

export function createInstruments(meter: Meter): Instruments {
  const durations = { unit: 's', advice: { explicitBucketBoundaries: DURATION_BOUNDARIES } };
  return {
    duration: meter.createHistogram('gen_ai.client.operation.duration', {
      description: 'GenAI operation duration.',
      ...durations,
    }),
    tokens: meter.createHistogram('gen_ai.client.token.usage', {
      description: 'Number of input and output tokens used.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: TOKEN_BOUNDARIES },
    }),
    attempts: meter.createHistogram('parallel_groups.attempt.duration', {
      description: 'How long attempts took, commands of tasks included.',
      ...durations,
    }),
    throttles: meter.createCounter('parallel_groups.throttles', {
      description: 'Attempts that a provider refused for now.',
      unit: '{throttle}',
    }),
    cost: meter.createCounter('parallel_groups.cost', {
      description: 'Cost in USD, as agents tell or by their price.',
      unit: '{USD}',
    }),
  };
}

/** Records an attempt that has ended. */
export function record(instruments: Instruments, attempt: AttemptRecord): void {
  const { attributes, durationMs, genAi, inputTokens, outputTokens, costUsd } = attempt;
  const seconds = durationMs / MS_PER_SECOND;
  instruments.attempts.record(seconds, attributes);
  if (attempt.span.error === 'throttled') {
    instruments.throttles.add(1, attributes);
  }
  if (costUsd !== null) {
    const how = attempt.costEstimated ? { 'parallel_groups.cost.estimated': true } : {};
    instruments.cost.add(costUsd, { ...attributes, ...how });
  }
  if (!genAi) {
    return;
  }
  instruments.duration.record(seconds, attributes);
  for (const [type, tokens] of [
    ['input', inputTokens],
    ['output', outputTokens],
  ] as const) {
    if (tokens !== null) {
      instruments.tokens.record(tokens, { ...attributes, 'gen_ai.token.type': type });
    }
  }
}
