/** Something is missing on this machine. The message names it and the command that installs it. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Prints a progress line to stderr, so that stdout contains only the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Returns the text of `error` for the user: the message of a setup error, the stack of a bug. */
export function describeError(error: unknown): string {
  if (error instanceof SetupError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
