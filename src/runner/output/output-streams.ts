/** Whoever reads what we print may be gone (a closed terminal); the attempt ends properly all the same. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
