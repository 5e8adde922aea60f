/** Why a test is skipped. mocha's parallel workers keep own properties of an error. */
interface StoredReason extends Error {
  /** The full title of the suite, if all its tests are skipped for this reason. */
  skippedSuite?: string;
}

/**
 * Skips the test, or from `before` all tests of the suite, for a reason that `npm test` prints at its end. A test that
 * is skipped in another way counts as a failure.
 */
export function skip(context: Mocha.Context, reason: string): never {
  const why: StoredReason = new Error(reason);
  const { test: runnable, currentTest } = context;
  if (runnable?.title.startsWith('"before all"') === true) {
    why.skippedSuite = runnable.parent?.fullTitle() ?? '';
    runnable.parent?.eachTest((test) => (test.err = why));
  } else if (runnable !== undefined && isTest(runnable)) {
    runnable.err = why;
  } else if (currentTest !== undefined) {
    currentTest.err = why;
  }
  return context.skip();
}

function isTest(runnable: Mocha.Runnable): runnable is Mocha.Test {
  return 'type' in runnable && runnable.type === 'test';
}
