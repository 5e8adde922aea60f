/** Ignores output errors, so that the attempt ends properly even if the terminal is closed. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
