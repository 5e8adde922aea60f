import type { BuiltInAgent } from './contract/profile.ts';

/** What may follow `--model`: nothing that could be read as another option. */
const NAME = /^[A-Za-z0-9][\w.:@/[\]-]*$/;

/** Whether a text can go onto a command line as a model's name. */
export function isModelName(text: string): boolean {
  return NAME.test(text);
}

/** Whose a model's name plainly is: the programs that know it. What no rule fits may be a deployment of anybody's. */
const FAMILIES: readonly (readonly [name: RegExp, programs: readonly BuiltInAgent[]])[] = [
  // Claude Code's words for the newest of each kind.
  [/^(?:default|best|opusplan|(?:sonnet|opus|haiku)(?:\[1m\])?)$/i, ['claude']],
  [/^(?:auto|pro|flash|flash-lite)$/i, ['gemini']],
  [/^claude-/i, ['claude', 'copilot']],
  [/^(?:gpt-|codex-|o\d(?:-|$))/i, ['codex', 'copilot']],
  [/^gemini-/i, ['gemini', 'copilot']],
];

/**
 * Whether a program can be handed a model's name. An alias or a family of another program would end its launch, so it
 * gets none and uses its own default. OpenCode names models by their provider: `anthropic/claude-…`.
 */
export function knowsModel(program: BuiltInAgent, model: string): boolean {
  if (program === 'opencode') {
    return model.includes('/');
  }
  const family = FAMILIES.find(([name]) => name.test(model));
  return family === undefined || family[1].includes(program);
}
