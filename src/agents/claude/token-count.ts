import type { Usage } from '../../shared/views.ts';
import { type Tokens as Counted, usedSince } from '../stream/cumulative.ts';
import type { ClaudeResult, Tokens } from './schema.ts';

/**
 * Adds up tokens while the agent works, and takes the agent's own total at the end. Cached input counts as input: it
 * was read, though it costs less; the cost is the agent's own figure. `baseline`: what the session had used before.
 */
export class TokenCount {
  readonly #baseline: Usage | null;
  /** A message is sent once for each of its blocks, with the same id and growing numbers. */
  readonly #messages = new Map<string, Counted>();
  /** Of all messages: adding them up for each new one would take longer with every message. */
  #total: Counted = { inputTokens: 0, outputTokens: 0 };
  readonly #results: Counted[] = [];

  constructor(baseline: Usage | null) {
    this.#baseline = baseline;
  }

  /** The total so far, or `null` if this message does not change it. */
  message(id: string, tokens: Tokens): Usage | null {
    const counted = count(tokens);
    const known = this.#messages.get(id);
    if (known !== undefined && isSame(known, counted)) return null;
    if (known === undefined && counted.inputTokens === 0 && counted.outputTokens === 0) return null;
    this.#messages.set(id, counted);
    this.#total = {
      inputTokens: this.#total.inputTokens + counted.inputTokens - (known?.inputTokens ?? 0),
      outputTokens: this.#total.outputTokens + counted.outputTokens - (known?.outputTokens ?? 0),
    };
    return { ...this.#total, costUsd: null };
  }

  /**
   * The agent's own total. In a conversation `usage` is that of one turn; `modelUsage` and the cost are of all, and newer
   * versions count on those of a session that is taken up again.
   */
  result(result: ClaudeResult): Usage | null {
    if (result.usage !== undefined) this.#results.push(count(result.usage));
    const models = Object.values(result.modelUsage ?? {}).map((model) => ({
      inputTokens:
        positive(model.inputTokens) +
        positive(model.cacheReadInputTokens) +
        positive(model.cacheCreationInputTokens),
      outputTokens: positive(model.outputTokens),
    }));
    const counted = models.length > 0 ? models : this.#results;
    if (counted.length === 0) return null;
    const cost = result.total_cost_usd ?? null;
    const total = { ...sum(counted), costUsd: cost === null ? null : Math.max(0, cost) };
    return models.length > 0 ? usedSince(total, this.#baseline, sum(this.#results)) : total;
  }
}

function count(tokens: Tokens): Counted {
  return {
    inputTokens:
      positive(tokens.input_tokens) +
      positive(tokens.cache_creation_input_tokens) +
      positive(tokens.cache_read_input_tokens),
    outputTokens: positive(tokens.output_tokens),
  };
}

/** An agent can print anything; less than nothing would be refused by whoever reads our events. */
function positive(tokens: number | null | undefined): number {
  return Math.max(0, tokens ?? 0);
}

function isSame(one: Counted, other: Counted): boolean {
  return one.inputTokens === other.inputTokens && one.outputTokens === other.outputTokens;
}

function sum(counted: readonly Counted[]): Counted {
  return {
    inputTokens: counted.reduce((total, each) => total + each.inputTokens, 0),
    outputTokens: counted.reduce((total, each) => total + each.outputTokens, 0),
  };
}
