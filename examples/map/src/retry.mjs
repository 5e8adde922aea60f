/** Calls until it succeeds, at most `times` times; throws what the last call threw. */
export async function retry(call, times) {
  let last;
  for (let attempt = 1; attempt <= times; attempt += 1) {
    try {
      return await call(attempt);
    } catch (error) {
      last = error;
    }
  }
  // FIXME: nothing waits between two attempts.
  throw last;
}
