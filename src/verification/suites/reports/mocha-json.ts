import * as z from 'zod/mini';
import { jsonDocuments } from './json-documents.ts';
import { report, testFailure, type TestParser } from './test-report.ts';

/** The fields of `mocha --reporter json` that are used. */
const documentSchema = z.object({
  stats: z.object({
    tests: z.number(),
    passes: z.number(),
    pending: z.number(),
    failures: z.number(),
  }),
  failures: z.array(
    z.object({
      title: z.string(),
      fullTitle: z.optional(z.string()),
      err: z.optional(z.object({ message: z.optional(z.string()) })),
    }),
  ),
});

/** Mocha's JSON reporter. Adds up several packages. */
export const parseMochaJson: TestParser = (output) => {
  if (!output.includes('"stats"')) {
    return null;
  }
  const documents = jsonDocuments(output).flatMap((value) => {
    const read = documentSchema.safeParse(value);
    return read.success ? [read.data] : [];
  });
  if (documents.length === 0) {
    return null;
  }
  const sum = (count: 'passes' | 'pending' | 'failures') =>
    documents.reduce((total, { stats }) => total + stats[count], 0);
  const failures = documents.flatMap((each) =>
    each.failures.map(({ title, fullTitle, err }) =>
      testFailure(fullTitle ?? title, err?.message ?? ''),
    ),
  );
  return report(
    { passed: sum('passes'), failed: sum('failures'), skipped: sum('pending') },
    failures,
  );
};
