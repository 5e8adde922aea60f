import sax, { type Tag } from 'sax';
import { report, testFailure, type TestReport } from './test-report.ts';

/** A test case while it is read. */
interface Case {
  readonly name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  message: string;
  text: string;
}

/** UTF-16 units of a failure's text that are kept while it is read. */
const MOST_TEXT = 2_000;
const ENDS: Readonly<Record<string, Case['outcome']>> = {
  failure: 'failed',
  error: 'failed',
  skipped: 'skipped',
};

/**
 * Reads JUnit XML among other text, all documents of it together; `null` where there is none, or where it breaks off: what
 * is cut says nothing of the tests that are missing.
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
    failed.map(({ name, message, text: said }) => testFailure(name, message || firstLine(said))),
  );
}

/** The test cases of documents that follow one another, as if all stood in one; `null`: it is no XML. */
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
  const said = (words: string): void => {
    if (current !== null && isInside && current.text.length < MOST_TEXT) {
      current.text += words;
    }
  };
  parser.ontext = said;
  parser.oncdata = said;
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
  // One root for all of them; a declaration may only stand before the first.
  parser.write(`<all>${documents.replace(/<\?xml[^>]*\?>|<!DOCTYPE[^>]*>/g, '')}</all>`).close();
  return faults.length > 0 ? null : cases;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

/** What most runners call a class is the file or the class; where it says nothing, the suite does. */
function nameOf({ classname = '', name = '' }: Tag['attributes'], suite: string): string {
  const owner = classname === '' || classname === 'test' ? suite : classname;
  return owner === '' || name.startsWith(owner) ? name : `${owner} ${name}`;
}
