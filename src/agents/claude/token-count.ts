import type { Usage } from '../../shared/view-models/group-views.ts';
import { type Tokens as Counted, usedSince } from '../stream/cumulative.ts';
import type { ClaudeResult, ModelTokens, Tokens } from './schema.ts';

/** So many messages at a time may still grow; subagents speak between one another. */
const UNFINISHED = 1000;

/**
 * Adds up tokens while the agent works, and takes the agent's own total at the end. Cached input counts as input: it
 * was read, though it costs less; the cost is the agent's own figure. `baseline`: what the session had used before.
 */
export class TokenCount {
  readonly #baseline: Usage | null;
  /** A message is sent once for each of its blocks, with the same id and growing numbers. */
  readonly #messages = new Map<string, Counted>();
  /** Of all messages; kept, as adding up all of them at every one would take ever longer. */
  #sum = NONE;
  /** Of the turns that the agent itself counted. */
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
   * The agent's own total. In a conversation `usage` is that of one turn; `modelUsage` and the cost are of all, and newer
   * versions count on those of a session that is taken up again.
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

/** An agent can print anything; less than nothing would be refused by whoever reads our events. */
function positive(tokens: number | null | undefined): number {
  return Math.max(0, tokens ?? 0);
}

function add(one: Counted, other: Counted, times: 1 | -1 = 1): Counted {
  return {
    inputTokens: one.inputTokens + times * other.inputTokens,
    outputTokens: one.outputTokens + times * other.outputTokens,
  };
}
