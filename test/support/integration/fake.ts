import { FAKE_AGENT } from '../attempts.ts';

/** Returns a shell command that runs the scriptable agent with these steps. */
export function command(...steps: readonly string[]): string {
  return ['node', FAKE_AGENT, ...steps].map((each) => `"${each}"`).join(' ');
}

/** Returns a task's line that runs the scriptable agent with these steps in the platform's shell. */
export function run(...steps: readonly string[]): string {
  return `\`run: ${command(...steps)}\``;
}

/** Returns the argv of an agent that executes these steps; by default, those in its prompt. */
export function fakeAgent(...steps: readonly string[]): string[] {
  return ['node', FAKE_AGENT, ...steps];
}

/** Returns a line of a task's description with the steps of the scriptable agent. */
export function script(...steps: readonly string[]): string {
  return `fake: ${steps.join(' ; ')}`;
}
