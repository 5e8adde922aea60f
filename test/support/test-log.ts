import * as z from 'zod/mini';
import type { ReportedTest } from './reported-test.ts';

/** How fast-check begins a failure. A counterexample stays valid, even if the second try does not find it. */
const COUNTEREXAMPLE = 'Property failed after';

const NO_REASON = 'It was skipped without a reason; use skip() of test/support/skip.ts.';

/** What `skip` stores on a test. */
export const SkipReason = z.object({ message: z.string(), skippedSuite: z.optional(z.string()) });

/** What a run of mocha counts and lists. */
export interface LoggedTests {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Number of tests among `passed` that failed at first. */
  readonly triedAgain: number;
  readonly reports: readonly ReportedTest[];
}

/** Collects what mocha tells of its tests, and counts each test once. */
export class TestLog {
  #passed = 0;
  readonly #tries = new Map<string, Set<string>>();
  readonly #failed: (readonly [title: string, why: string])[] = [];
  readonly #skipped: { readonly title: string; readonly error: unknown }[] = [];

  pass(): void {
    this.#passed += 1;
  }

  /** A failed test that will be tried again. */
  retry(title: string, why: string): void {
    this.#tries.set(title, (this.#tries.get(title) ?? new Set()).add(why));
  }

  fail(title: string, why: string): void {
    this.#failed.push([title, why]);
  }

  /** `error`: what `skip` stored on the test. */
  skip(title: string, error: unknown): void {
    this.#skipped.push({ title, error });
  }

  result(): LoggedTests {
    const failed = this.#failed.map(([title, why]) => {
      const earlier = [...(this.#tries.get(title) ?? [])].filter((each) => each !== why);
      this.#tries.delete(title);
      return report('failed', title, [why, ...earlier.map((each) => `Before: ${each}`)]);
    });
    const again: ReportedTest[] = [];
    for (const [title, whys] of this.#tries) {
      const found = [...whys].filter((why) => why.includes(COUNTEREXAMPLE));
      if (found.length > 0) {
        failed.push(report('failed', title, found));
      } else {
        again.push(report('tried again', title, [...whys]));
      }
    }
    const found = failed.length - this.#failed.length;
    const skips = this.#skips();
    const [bad, skipped] = [skips.filter(isFailure), skips.filter((each) => !isFailure(each))];
    return {
      passed: this.#passed - found,
      failed: failed.length + bad.length,
      skipped: skipped.reduce((sum, { tests }) => sum + tests, 0),
      triedAgain: again.length,
      reports: [...failed, ...bad, ...again, ...skipped],
    };
  }

  /** Returns one report for all tests that a suite skipped for one reason. */
  #skips(): ReportedTest[] {
    const bySuite = new Map<string, ReportedTest>();
    const reports: ReportedTest[] = [];
    for (const { title, error } of this.#skipped) {
      const { data } = SkipReason.safeParse(error);
      const suite = data?.skippedSuite;
      const known = suite === undefined ? undefined : bySuite.get(suite);
      if (known !== undefined) {
        known.tests += 1;
        continue;
      }
      const made =
        data === undefined
          ? report('failed', title, [NO_REASON])
          : report('skipped', title, [data.message]);
      reports.push(made);
      if (suite !== undefined) {
        bySuite.set(suite, made);
      }
    }
    for (const [suite, each] of bySuite) {
      if (each.tests > 1) {
        each.title = suite;
      }
    }
    return reports;
  }
}

function isFailure({ what }: ReportedTest): boolean {
  return what === 'failed';
}

function report(what: ReportedTest['what'], title: string, whys: readonly string[]): ReportedTest {
  return { what, title, tests: 1, why: whys.join('\n') };
}
