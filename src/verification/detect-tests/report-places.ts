/** Options of test runners that name the file (or folder) that a report is written to. */
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

/** Where build tools leave reports that nobody has to ask for. */
const BY_TOOL: Readonly<Record<string, readonly string[]>> = {
  maven: ['target/surefire-reports'],
  gradle: ['build/test-results/test'],
};

/**
 * Where a run of the suite writes its report for programs, relative to the workspace: as `configured`, else as the options
 * in its command and in the scripts that it starts say, else where its tool always does.
 */
export function reportPlaces(facts: {
  readonly configured: string | null;
  /** Command lines, as a person writes them. */
  readonly lines: readonly string[];
  /** Which tool it is (`CheckPlan.parser`). */
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
    // Standard output is read anyway.
    return value === '' || value === 'stdout' || value === 'stderr' ? [] : [value];
  });
}
