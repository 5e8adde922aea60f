import sax, { type Tag } from 'sax';
import { report, testFailure, type TestReport } from './test-report.ts';

/** A test case while it is being read. */
interface Case {
  readonly name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  message: string;
  text: string;
}

/** UTF-16 units of a failure's text that are kept while reading. */
const MOST_TEXT = 2_000;
const ENDS: Readonly<Record<string, Case['outcome']>> = {
  failure: 'failed',
  error: 'failed',
  skipped: 'skipped',
};

/**
 * Reads all JUnit XML documents among other text as one report. Returns `null` if there are none or one is truncated:
 * it says nothing about the missing tests.
 */
export function parseJunit(text: string): TestReport | null {
  const from = text.search(/<testsuites?[\s>/]/);
  const end = text.lastIndexOf('</testsuite');
  const close = text.indexOf('>', end === -1 ? text.lastIndexOf('/>') : end);
  const cases = from === -1 || close === -1 ? null : casesOf(text.slice(from, close + 1));
  if (cases === null) {
    return null;
  }
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  return report(
    {
      passed: cases.filter(({ outcome }) => outcome === 'passed').length,
      failed: failed.length,
      skipped: cases.filter(({ outcome }) => outcome === 'skipped').length,
    },
    failed.map(({ name, message, text: onText }) =>
      testFailure(name, message || firstLine(onText)),
    ),
  );
}

/** Returns the test cases of consecutive documents as if they were one document; `null` if it is not XML. */
function casesOf(documents: string): readonly Case[] | null {
  const parser = sax.parser(true);
  const cases: Case[] = [];
  let current: Case | null = null;
  const suites: string[] = [];
  let isInside = false;
  const faults: Error[] = [];
  parser.onopentag = ({ name, attributes }: Tag) => {
    if (name === 'testsuite') {
      suites.push(attributes.name ?? '');
    }
    if (name === 'testcase') {
      const full = nameOf(attributes, suites.at(-1) ?? '');
      current = { name: full, outcome: 'passed', message: '', text: '' };
      cases.push(current);
    }
    const outcome = ENDS[name];
    if (current !== null && outcome !== undefined) {
      isInside = true;
      current.outcome = outcome;
      current.message ||= attributes.message ?? '';
    }
  };
  const onText = (text: string): void => {
    if (current !== null && isInside && current.text.length < MOST_TEXT) {
      current.text += text;
    }
  };
  parser.ontext = onText;
  parser.oncdata = onText;
  parser.onclosetag = (name) => {
    if (name === 'testcase') {
      current = null;
    }
    if (name === 'testsuite') {
      suites.pop();
    }
    if (ENDS[name] !== undefined) {
      isInside = false;
    }
  };
  parser.onerror = (fault) => {
    faults.push(fault);
    parser.resume();
  };
  // One root for all of them; a declaration may only precede the first.
  parser.write(`<all>${documents.replace(/<\?xml[^>]*\?>|<!DOCTYPE[^>]*>/g, '')}</all>`).close();
  return faults.length > 0 ? null : cases;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

/** For most runners the class name is the file or the class; if it is empty or generic, the suite's name is used. */
function nameOf({ classname = '', name = '' }: Tag['attributes'], suite: string): string {
  const owner = classname === '' || classname === 'test' ? suite : classname;
  return owner === '' || name.startsWith(owner) ? name : `${owner} ${name}`;
}
