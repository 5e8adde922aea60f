import * as z from 'zod/mini';

const count = z.int().check(z.nonnegative());
const step = z.discriminatedUnion('do', [
  /** Has the agent write a file; `file` is absolute. */
  z.object({ do: z.literal('write'), file: z.string(), text: z.string() }),
  /** Has the agent run a command in its shell. */
  z.object({ do: z.literal('bash'), command: z.string() }),
  /** Says something and is done. */
  z.object({ do: z.literal('text'), text: z.string() }),
  /** Refuses, so many times (without `times`: always); then the next step follows. */
  z.object({ do: z.literal('error'), status: z.int(), times: z.optional(count) }),
  /** Never answers. */
  z.object({ do: z.literal('hang') }),
  /** Breaks the connection off within an answer, so many times (without `times`: always). */
  z.object({ do: z.literal('drop'), times: z.optional(count) }),
]);
const usage = z.object({ input: count, output: count });
const told = z.object({
  step,
  /** Waits before it answers, ms. */
  delayMs: z.optional(count),
  /** Tokens that it says it used; without it 100 and 10. */
  usage: z.optional(usage),
});

/** What the model does in one request, and how. */
export type ModelStep = z.infer<typeof step>;
export type ToldStep = z.infer<typeof told>;
/** Tokens. */
export type Usage = z.infer<typeof usage>;

const MARKER = /model-script:([A-Za-z0-9_-]+)/g;

/** The script as a word for the text of a task: the model that reads it does as it says. */
export function scriptWord(...steps: readonly (ModelStep | ToldStep)[]): string {
  const all = steps.map((each) => ('do' in each ? { step: each } : each));
  return `model-script:${Buffer.from(JSON.stringify(all)).toString('base64url')}`;
}

/** The newest script in a text and its word; `null` where there is none. */
export function scriptIn(text: string): { word: string; steps: readonly ToldStep[] } | null {
  const [word, code] = [...text.matchAll(MARKER)].at(-1) ?? [];
  if (word === undefined || code === undefined) {
    return null;
  }
  const decoded: unknown = JSON.parse(Buffer.from(code, 'base64url').toString());
  return { word, steps: z.array(told).parse(decoded) };
}

/**
 * What follows after so many turns of the assistant. A refusal is no turn: it is asked how often each was given already.
 * `undefined`: the script is over.
 */
export function stepAfter(
  turns: number,
  steps: readonly ToldStep[],
  refused: (index: number) => number,
): { readonly told: ToldStep; readonly index: number } | undefined {
  let left = turns;
  for (const [index, each] of steps.entries()) {
    const { step: next } = each;
    const refuses = next.do === 'error' || next.do === 'drop';
    if (left === 0 && !(refuses && refused(index) >= (next.times ?? Infinity))) {
      return { told: each, index };
    }
    if (!refuses) {
      left -= 1;
    }
  }
  return undefined;
}
