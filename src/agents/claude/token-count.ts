import type { Usage } from '../../shared/views.ts';
import { usedSince } from '../stream/cumulative.ts';
import type { ClaudeResult, Tokens } from './schema.ts';

interface Counted {
  readonly input: number;
  readonly output: number;
}

/**
 * Adds up tokens while the agent works, and takes the agent's own total at the end. Cached input counts as input: it
 * was read, though it costs less; the cost is the agent's own figure. `baseline`: what the session had used before.
 */
export class TokenCount {
  readonly #baseline: Usage | null;
  /** A message is sent once for each of its blocks, with the same id and growing numbers. */
  readonly #messages = new Map<string, Counted>();
  readonly #results: Counted[] = [];
  #total: Usage | null = null;

  constructor(baseline: Usage | null) {
    this.#baseline = baseline;
  }

  /** The total so far, or `null` if this message does not change it. */
  message(id: string, tokens: Tokens): Usage | null {
    const counted = count(tokens);
    const known = this.#messages.get(id);
    if (known?.input === counted.input && known.output === counted.output) return null;
    if (known === undefined && counted.input === 0 && counted.output === 0) return null;
    this.#messages.set(id, counted);
    this.#total = asUsage([...this.#messages.values()], null);
    return this.#total;
  }

  /**
   * The agent's own total. In a conversation `usage` is that of one turn; `modelUsage` and the cost are of all, those before
   * the session was taken up again included.
   */
  result(result: ClaudeResult): Usage | null {
    const models = Object.values(result.modelUsage ?? {}).map((model) => ({
      input:
        (model.inputTokens ?? 0) +
        (model.cacheReadInputTokens ?? 0) +
        (model.cacheCreationInputTokens ?? 0),
      output: model.outputTokens ?? 0,
    }));
    if (result.usage !== undefined) this.#results.push(count(result.usage));
    const counted = models.length > 0 ? models : this.#results;
    if (counted.length === 0) return null;
    const cost = result.total_cost_usd ?? null;
    const total = asUsage(counted, cost === null ? null : Math.max(0, cost));
    this.#total = usedSince(total, this.#baseline, models.length > 0);
    return this.#total;
  }
}

function count(tokens: Tokens): Counted {
  return {
    input:
      (tokens.input_tokens ?? 0) +
      (tokens.cache_creation_input_tokens ?? 0) +
      (tokens.cache_read_input_tokens ?? 0),
    output: tokens.output_tokens ?? 0,
  };
}

function asUsage(counted: readonly Counted[], costUsd: number | null): Usage {
  // An agent can print anything; less than nothing would be refused by whoever reads our events.
  return {
    inputTokens: counted.reduce((total, each) => total + Math.max(0, each.input), 0),
    outputTokens: counted.reduce((total, each) => total + Math.max(0, each.output), 0),
    costUsd,
  };
}
