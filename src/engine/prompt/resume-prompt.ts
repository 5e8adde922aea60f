import type { Resume } from '../../coordinator/schema/events.ts';
import type { PlannedTask } from '../../coordinator/schema/run-spec.ts';
import { oneLine, quote } from './quoted.ts';

/**
 * The Markdown prompt for a resumed session. The session knows its task and rules, so the prompt has only what is new,
 * and why. Text and output of others are quoted as data.
 */
export function resumePrompt(
  { id, title }: Pick<PlannedTask, 'id' | 'title'>,
  { why, message }: Resume,
): string {
  const task = `${oneLine(id)} (${oneLine(title)})`;
  const opening =
    why === 'repair'
      ? `You said that your task ${task} was done. It was checked, and this speaks against it:`
      : `A person has something to add to your task ${task}:`;
  return [opening, quote(message), RULES].join('\n\n').concat('\n');
}

const RULES =
  'See to that in the current directory, then stop. Your task and its rules are as you were told before: do not commit, do ' +
  'not edit the plan file, and if you cannot finish, say plainly what is missing instead of claiming success.';
