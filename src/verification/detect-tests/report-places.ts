/** Options of test runners that name the file or folder of a report. */
const OPTIONS: readonly RegExp[] = [
  // pytest
  /--junit-?xml[= ]/g,
  // vitest, jest
  /--output-?[fF]ile(?:\.\w+)?[= ]/g,
  // mocha's xunit, json and mocha-junit-reporter
  /--reporter-options?[= ](?:[\w.]+=[^,\s]*,)*(?:output|mochaFile)=/g,
  // node --test
  /--test-reporter-destination[= ]/g,
  // phpunit
  /--log-junit[= ]/g,
  // gotestsum
  /--junitfile[= ]/g,
];

/** Places where build tools always write reports, without an option. */
const BY_TOOL: Readonly<Record<string, readonly string[]>> = {
  maven: ['target/surefire-reports'],
  gradle: ['build/test-results/test'],
};

/**
 * Returns where a run of the suite writes its machine-readable report, relative to the workspace: the `configured`
 * place, else those that options in its command and scripts name, else the tool's default.
 */
export function reportPlaces(facts: {
  readonly configured: string | null;
  /** Command lines as a user writes them: the suite's command and the scripts that it starts. */
  readonly lines: readonly string[];
  /** The tool (`SuiteSpec.parser`). */
  readonly parser: string;
}): string[] {
  if (facts.configured !== null) {
    return [facts.configured];
  }
  const named = facts.lines.flatMap((line) => OPTIONS.flatMap((option) => valuesOf(line, option)));
  const places = named.length > 0 ? named : (BY_TOOL[facts.parser] ?? []);
  return [...new Set(places)];
}

function valuesOf(line: string, option: RegExp): string[] {
  return [...line.matchAll(option)].flatMap(({ index, 0: { length } }) => {
    const found = /^(?:"([^"]*)"|'([^']*)'|([^\s"',;|&]+))/.exec(line.slice(index + length));
    const value = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
    // Standard output is read in any case.
    return value === '' || value === 'stdout' || value === 'stderr' ? [] : [value];
  });
}
