import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { readRegularFile } from '../../store/files/read-regular-file.ts';
import { parseTests } from '../../verification/suites/parse-tests.ts';
import { addReports, type TestReport } from '../../verification/suites/reports/test-report.ts';

/** A finished test run whose report is wanted. */
export interface ReportFacts {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Files or folders that may contain its reports, relative to the workspace. */
  readonly places: readonly string[];
  /** Ignores reports written before this time, ms since the epoch. */
  readonly since: number;
  /** Its output. */
  readonly output: string;
  /** The parser to try first. */
  readonly parser: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 500;
/** File systems round modification times to whole seconds, some to two. */
const COARSE_MS = 2_000;

/** Reads the report of a test run from the files that it wrote, or from its output; `null` if there is none. */
export async function readReport(facts: ReportFacts): Promise<TestReport | null> {
  const files = (await Promise.all(facts.places.map((place) => filesAt(place, facts)))).flat();
  const texts = await Promise.all(files.slice(0, MOST_FILES).map((file) => freshText(file, facts)));
  const reports = await Promise.all(
    texts.filter((text) => text !== null).map((text) => parse(text, 'none')),
  );
  return (
    addReports(reports.filter((report) => report !== null)) ?? parse(facts.output, facts.parser)
  );
}

/** Loads the XML reader only when needed. */
async function parse(text: string, parser: string): Promise<TestReport | null> {
  if (/<testsuites?[\s>/]/.test(text)) {
    const { parseJunit } = await import('../../verification/suites/reports/junit.ts');
    return parseJunit(text) ?? parseTests(text, parser);
  }
  return parseTests(text, parser);
}

/** Absolute paths inside the workspace only, because the author of the command may not be trusted with more. */
async function filesAt(place: string, { workspaceRoot }: ReportFacts): Promise<string[]> {
  const path = resolve(workspaceRoot, place);
  const inside = relative(workspaceRoot, path);
  if (inside.startsWith('..') || isAbsolute(inside)) {
    return [];
  }
  try {
    const names = (await readdir(path)).filter((name) => /\.(?:xml|json)$/i.test(name));
    return names.sort().map((name) => join(path, name));
  } catch {
    return [path];
  }
}

async function freshText(path: string, { since }: ReportFacts): Promise<string | null> {
  try {
    const { mtimeMs } = await stat(path);
    return mtimeMs + COARSE_MS < since
      ? null
      : (await readRegularFile(path, MOST_BYTES)).toString('utf8');
  } catch {
    return null;
  }
}
