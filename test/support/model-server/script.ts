import * as z from 'zod/mini';

const count = z.int().check(z.nonnegative());
const step = z.discriminatedUnion('do', [
  /** Makes the agent write a file; `file` is absolute. */
  z.object({ do: z.literal('write'), file: z.string(), text: z.string() }),
  /** Makes the agent run a command in its shell. */
  z.object({ do: z.literal('bash'), command: z.string() }),
  /** Answers with a text and ends the turn. */
  z.object({ do: z.literal('text'), text: z.string() }),
  /** Refuses `times` times (without `times`: always); then the next step follows. */
  z.object({ do: z.literal('error'), status: z.int(), times: z.optional(count) }),
  /** Never answers. */
  z.object({ do: z.literal('hang') }),
  /** Breaks the connection within an answer `times` times (without `times`: always). */
  z.object({ do: z.literal('drop'), times: z.optional(count) }),
]);
const usage = z.object({ input: count, output: count });
const scripted = z.object({
  step,
  /** Delay before the answer, ms. */
  delayMs: z.optional(count),
  /** Tokens that it reports as used; default 100 and 10. */
  usage: z.optional(usage),
});

/** The model's behaviour in one request. */
export type ModelStep = z.infer<typeof step>;
export type ScriptedStep = z.infer<typeof scripted>;
/** Tokens. */
export type Usage = z.infer<typeof usage>;

const MARKER = /model-script:([A-Za-z0-9_-]+)/g;

/** Returns the script as a word for the text of a task: the model that reads it follows it. */
export function scriptWord(...steps: readonly (ModelStep | ScriptedStep)[]): string {
  const all = steps.map((each) => ('do' in each ? { step: each } : each));
  return `model-script:${Buffer.from(JSON.stringify(all)).toString('base64url')}`;
}

/** Returns the newest script in a text and its word; `null` if there is none. */
export function scriptIn(text: string): { word: string; steps: readonly ScriptedStep[] } | null {
  const [word, code] = [...text.matchAll(MARKER)].at(-1) ?? [];
  if (word === undefined || code === undefined) {
    return null;
  }
  const decoded: unknown = JSON.parse(Buffer.from(code, 'base64url').toString());
  return { word, steps: z.array(scripted).parse(decoded) };
}

/**
 * Returns the step after this number of the assistant's turns; `undefined` if the script is over. A refusal is no turn:
 * `refused` returns how often a step has already refused.
 */
export function stepAfter(
  turns: number,
  steps: readonly ScriptedStep[],
  refused: (index: number) => number,
): { readonly scripted: ScriptedStep; readonly index: number } | undefined {
  let left = turns;
  for (const [index, each] of steps.entries()) {
    const { step: next } = each;
    const refuses = next.do === 'error' || next.do === 'drop';
    if (left === 0 && !(refuses && refused(index) >= (next.times ?? Infinity))) {
      return { scripted: each, index };
    }
    if (!refuses) {
      left -= 1;
    }
  }
  return undefined;
}
