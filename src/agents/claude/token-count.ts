import type { Usage } from '../../shared/view-models/group-views.ts';
import { type Tokens as Counted, usedSince } from '../stream/cumulative.ts';
import type { ClaudeResult, ModelTokens, Tokens } from './schema.ts';

/** The number of messages that may still grow at the same time; messages of subagents are interleaved. */
const UNFINISHED = 1000;

/**
 * Adds up tokens while the agent works, and uses the agent's own total at the end. Cached input counts as input, although it
 * costs less; the cost is the agent's own figure. `baseline`: the session's usage before this attempt.
 */
export class TokenCount {
  readonly #baseline: Usage | null;
  /** The program prints a message once for each block, with the same id and growing numbers. */
  readonly #messages = new Map<string, Counted>();
  /** The sum of all messages, kept so that a new message does not need to add up all others. */
  #sum = NONE;
  /** The sum of the turns by the agent's own count. */
  #turns: Counted | null = null;

  constructor(baseline: Usage | null) {
    this.#baseline = baseline;
  }

  /** The total so far, or `null` if this message does not change it. */
  message(id: string, tokens: Tokens): Usage | null {
    const counted = count(tokens);
    const known = this.#messages.get(id) ?? NONE;
    const more = add(counted, known, -1);
    if (more.inputTokens === 0 && more.outputTokens === 0) {
      return null;
    }
    this.#messages.set(id, counted);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > UNFINISHED && oldest !== undefined) {
      this.#messages.delete(oldest);
    }
    this.#sum = add(this.#sum, more);
    return { ...this.#sum, costUsd: null };
  }

  /**
   * The agent's own total. In a conversation `usage` belongs to one turn, `modelUsage` and the cost to all turns. In newer
   * versions the latter continue when a session is resumed.
   */
  result(result: ClaudeResult): Usage | null {
    if (result.usage !== undefined) {
      this.#turns = add(this.#turns ?? NONE, count(result.usage));
    }
    const models = Object.values(result.modelUsage ?? {}).map(countModel);
    const cost = result.total_cost_usd ?? null;
    const costUsd = cost === null ? null : Math.max(0, cost);
    if (models.length === 0) {
      return this.#turns === null ? null : { ...this.#turns, costUsd };
    }
    const total = { ...models.reduce((all, each) => add(all, each)), costUsd };
    return usedSince(total, this.#baseline, this.#turns ?? NONE);
  }
}

const NONE: Counted = { inputTokens: 0, outputTokens: 0 };

function count(tokens: Tokens): Counted {
  return {
    inputTokens:
      positive(tokens.input_tokens) +
      positive(tokens.cache_creation_input_tokens) +
      positive(tokens.cache_read_input_tokens),
    outputTokens: positive(tokens.output_tokens),
  };
}

function countModel(model: ModelTokens): Counted {
  return {
    inputTokens:
      positive(model.inputTokens) +
      positive(model.cacheReadInputTokens) +
      positive(model.cacheCreationInputTokens),
    outputTokens: positive(model.outputTokens),
  };
}

/** An agent may print any number, but the event schema refuses negative ones. */
function positive(tokens: number | null | undefined): number {
  return Math.max(0, tokens ?? 0);
}

function add(one: Counted, other: Counted, times: 1 | -1 = 1): Counted {
  return {
    inputTokens: one.inputTokens + times * other.inputTokens,
    outputTokens: one.outputTokens + times * other.outputTokens,
  };
}
