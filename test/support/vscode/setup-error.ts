/** Something is missing on this machine. The message says what, and what to type. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** A progress line. It goes to stderr, so that stdout stays what was asked for. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What to show a person for `error`: a missing thing in its own words, a bug with its stack. */
export function describeError(error: unknown): string {
  if (error instanceof SetupError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
