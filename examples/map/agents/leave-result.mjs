import { writeFileSync } from 'node:fs';

/**
 * Tells what was found: a line for people, and the same with its details in the file that the coordinator names. Outside
 * of a run there is no such file, so an agent can be tried by hand.
 */
export function leaveResult(summary, artifacts) {
  console.log(summary);
  const file = process.env.PARALLEL_GROUPS_RESULT;
  if (file !== undefined) {
    writeFileSync(file, `${JSON.stringify({ summary, artifacts }, undefined, 2)}\n`);
  }
}

/** The unit that the agent was started for. Ends the agent with exit code 2 where there is none. */
export function unit() {
  const [given = process.env.PARALLEL_GROUPS_UNIT] = process.argv.slice(2);
  if (given === undefined) {
    console.error('Name the file to look at.');
    process.exit(2);
  }
  return given;
}
