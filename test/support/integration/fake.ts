import { FAKE_AGENT } from '../attempts.ts';

/** A shell command that runs the scriptable agent with these steps. */
export function command(...steps: readonly string[]): string {
  return ['node', FAKE_AGENT, ...steps].map((each) => `"${each}"`).join(' ');
}

/** A task's line that runs the scriptable agent with these steps in the platform's shell. */
export function run(...steps: readonly string[]): string {
  return `\`run: ${command(...steps)}\``;
}

/** The argv of an agent that executes these steps; by default, those in its prompt. */
export function fakeAgent(...steps: readonly string[]): string[] {
  return ['node', FAKE_AGENT, ...steps];
}

/** A line of a task's description with the steps of the scriptable agent. */
export function script(...steps: readonly string[]): string {
  return `fake: ${steps.join(' ; ')}`;
}
