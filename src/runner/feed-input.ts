import type { Readable, Writable } from 'node:stream';
import type { StdinMode } from '../coordinator/attempt.ts';

/**
 * Gives the agent its input: the prompt and then the end of it, or in a conversation the prompt as a first line and then
 * the keys of the terminal. Some agents wait for ever for an end that does not come, so it always comes.
 */
export function feedInput(
  stdin: Writable | null,
  mode: StdinMode,
  prompt: string | null,
  keyboard: Readable | null,
): void {
  if (stdin === null) return;
  if (mode !== 'conversation' || keyboard === null) {
    stdin.end(prompt ?? '');
    return;
  }
  if (prompt !== null) stdin.write(prompt.endsWith('\n') ? prompt : `${prompt}\n`);
  keyboard.pipe(stdin);
}
