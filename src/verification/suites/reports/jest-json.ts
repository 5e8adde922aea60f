import * as z from 'zod/mini';
import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import { jsonDocuments } from './json-documents.ts';
import { NO_TESTS_FAILURE, report, testFailure, type TestParser } from './test-report.ts';

const text = z.catch(z.optional(z.nullable(z.string())), undefined);
const count = z.catch(z.number(), 0);

/** The fields of `jest --json` and `vitest --reporter=json` that are used. */
const documentSchema = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: count,
  numTodoTests: count,
  success: z.catch(z.optional(z.boolean()), undefined),
  testResults: z.array(
    z.object({
      name: text,
      status: text,
      message: text,
      assertionResults: z.catch(
        z.array(
          z.object({
            status: text,
            fullName: text,
            title: text,
            failureMessages: z.catch(z.array(z.string()), []),
          }),
        ),
        [],
      ),
    }),
  ),
});
type Document = z.infer<typeof documentSchema>;

/** Jest's JSON, which Vitest prints too. Adds up several packages. */
export const parseJestJson: TestParser = (output) => {
  if (!output.includes('"numTotalTests"')) {
    return null;
  }
  const documents = jsonDocuments(output).flatMap((value) => {
    const read = documentSchema.safeParse(value);
    return read.success ? [read.data] : [];
  });
  if (documents.length === 0) {
    return null;
  }
  const sum = (of: (document: Document) => number) =>
    documents.reduce((total, document) => total + of(document), 0);
  const failures = documents.flatMap(failuresOf);
  const found = report(
    {
      passed: sum(({ numPassedTests }) => numPassedTests),
      // A file that failed to load has no tests that could fail.
      failed: Math.max(
        sum(({ numFailedTests }) => numFailedTests),
        failures.length,
      ),
      skipped: sum((each) => each.numPendingTests + each.numTodoTests),
    },
    failures,
  );
  // Without tests they exit with a code other than 0, which only `success` shows.
  return found.kind === 'none' && documents.some(({ success }) => success === false)
    ? NO_TESTS_FAILURE
    : found;
};

function failuresOf({ testResults }: Document): TestFailure[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === 'failed');
    if (failed.length === 0 && status === 'failed') {
      return [testFailure(name ?? 'A test file', message ?? '')];
    }
    return failed.map(({ fullName, title, failureMessages }) =>
      testFailure(fullName ?? title ?? '', failureMessages[0] ?? ''),
    );
  });
}
