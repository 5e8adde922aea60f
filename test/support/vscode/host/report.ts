import * as z from 'zod/mini';
import { SkipReason } from '../../test-log.ts';

/** One line of the report from the suite inside the extension host to the runner outside. */
export const ReportLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('suite'), title: z.string(), depth: z.number() }),
  z.object({ event: z.literal('pass'), title: z.string(), depth: z.number(), ms: z.number() }),
  z.object({
    event: z.literal('pending'),
    title: z.string(),
    fullTitle: z.string(),
    depth: z.number(),
    /** What `skip` stored on the test; missing if it was skipped in another way. */
    error: z.optional(SkipReason),
  }),
  z.object({
    event: z.literal('fail'),
    title: z.string(),
    fullTitle: z.string(),
    depth: z.number(),
    error: z.string(),
  }),
  /** The test failed and runs again. */
  z.object({ event: z.literal('retry'), fullTitle: z.string(), error: z.string() }),
  z.object({ event: z.literal('end') }),
]);

export type ReportLine = z.infer<typeof ReportLine>;

/** Environment variables of the suite inside the extension host. */
export const variables = {
  report: 'PARALLEL_GROUPS_TEST_REPORT',
  grep: 'PARALLEL_GROUPS_TEST_GREP',
  /** A folder of test/integration/ to skip. */
  without: 'PARALLEL_GROUPS_TEST_WITHOUT',
} as const;
