import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { readRegularFile } from '../../store/files/read-regular-file.ts';
import { parseTests } from '../../verification/suites/parse-tests.ts';
import { addReports, type TestReport } from '../../verification/suites/reports/test-report.ts';

/** A finished run of tests, as far as its report is looked for. */
export interface ReportFacts {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Files or folders that it may have written reports to, relative to the workspace. */
  readonly places: readonly string[];
  /** Nothing that was written before is its own, ms since the epoch. */
  readonly since: number;
  /** What it printed. */
  readonly output: string;
  /** Which parser is tried first. */
  readonly parser: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 500;
/** File systems cut the time of a change to whole seconds, some to two. */
const COARSE_MS = 2_000;

/** What a run of tests says of each test: in the files that it wrote, else in what it printed; `null`: nothing. */
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

/** The reader of XML is loaded where there is any. */
async function parse(text: string, parser: string): Promise<TestReport | null> {
  if (/<testsuites?[\s>/]/.test(text)) {
    const { parseJunit } = await import('../../verification/suites/reports/junit.ts');
    return parseJunit(text) ?? parseTests(text, parser);
  }
  return parseTests(text, parser);
}

/** Absolute; none outside of the workspace, as whoever wrote the command may not be trusted with more. */
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
