import * as z from 'zod/mini';
import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import { NO_TESTS, report, testFailure, type TestParser } from './test-report.ts';

/** The fields of a line of `go test -json` (cmd/test2json) that are used. */
const eventSchema = z.object({
  Action: z.string(),
  Package: z.optional(z.string()),
  ImportPath: z.optional(z.string()),
  Test: z.optional(z.string()),
  Output: z.optional(z.string()),
});

interface Result {
  readonly package: string;
  /** `null` for the package as a whole. */
  readonly test: string | null;
  action: 'pass' | 'fail' | 'skip' | null;
  readonly output: string[];
}

/** `go test -json`: one event per line. Of subtests only the innermost count. */
export const parseGoJson: TestParser = (output) => {
  if (!/^\{"(?:Time|Action|ImportPath)":/m.test(output)) {
    return null;
  }
  const results = resultsOf(output);
  if (results.size === 0) {
    return null;
  }
  const all = [...results.values()];
  const parents = new Set(all.flatMap(parentsOf));
  const tests = all.filter((each) => each.test !== null && !parents.has(keyOf(each)));
  const failed = tests.filter(({ action }) => action === 'fail').map(failureOf);
  const broken = all.filter((each) => isBroken(each, tests)).map(failureOf);
  const counts = {
    passed: tests.filter(({ action }) => action === 'pass').length,
    failed: failed.length + broken.length,
    skipped: tests.filter(({ action }) => action === 'skip').length,
  };
  return counts.passed + counts.failed + counts.skipped === 0
    ? NO_TESTS
    : report(counts, [...failed, ...broken]);
};

function resultsOf(output: string): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  for (const line of output.split('\n')) {
    const event = line.startsWith('{') ? eventOf(line) : null;
    // Build events have the name of the test binary: `cart [cart.test]`.
    const name = event?.Package ?? event?.ImportPath?.replace(/ \[.*\]$/, '');
    if (event === null || name === undefined) {
      continue;
    }
    const fresh: Result = { package: name, test: event.Test ?? null, action: null, output: [] };
    const result = results.get(keyOf(fresh)) ?? fresh;
    results.set(keyOf(fresh), result);
    tell(result, event);
  }
  return results;
}

function tell(result: Result, { Action: action, Output: text }: z.infer<typeof eventSchema>): void {
  if (action === 'pass' || action === 'fail' || action === 'skip') {
    result.action = action;
  } else if (action === 'build-fail') {
    result.action = 'fail';
  } else if (text !== undefined) {
    result.output.push(text);
  }
}

function eventOf(line: string): z.infer<typeof eventSchema> | null {
  try {
    const read = eventSchema.safeParse(JSON.parse(line));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function keyOf({ package: name, test }: Pick<Result, 'package' | 'test'>): string {
  return JSON.stringify([name, test]);
}

function parentsOf(result: Result): string[] {
  const parts = result.test?.split('/') ?? [];
  return parts
    .slice(1)
    .map((_, index) => keyOf({ ...result, test: parts.slice(0, index + 1).join('/') }));
}

/** A package failed although none of its tests did: the build or its set-up failed. */
function isBroken(result: Result, tests: readonly Result[]): boolean {
  return (
    result.test === null &&
    result.action === 'fail' &&
    !tests.some((each) => each.package === result.package && each.action === 'fail')
  );
}

/** Lines that frame a test's output, such as `=== RUN`: they do not explain a failure. */
const FRAME = /^\s*(?:===|---|FAIL\b|ok\s|exit status|#\s)/;

function failureOf({ package: name, test, output }: Result): TestFailure {
  const message = output.find((line) => line.trim() !== '' && !FRAME.test(line)) ?? '';
  return testFailure(test ?? name, message);
}
