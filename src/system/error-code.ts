/** Returns the `code` of a Node error (`ENOENT`, `EEXIST`, …); `undefined` for any other thrown value. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) {
    return undefined;
  }
  return typeof error.code === 'string' ? error.code : undefined;
}
