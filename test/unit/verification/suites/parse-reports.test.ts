import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseTests } from '../../../../src/verification/suites/parse-tests.ts';
import { jsonDocuments } from '../../../../src/verification/suites/reports/json-documents.ts';
import { parseJunit } from '../../../../src/verification/suites/reports/junit.ts';
import {
  addReports,
  type TestReport,
} from '../../../../src/verification/suites/reports/test-report.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/test-output/${name}.txt`, import.meta.url), 'utf8');

/** Total, passed, failed, and the failures by name. */
function told(report: TestReport | null) {
  if (report?.kind !== 'counts') {
    return report;
  }
  const failures = Object.fromEntries(report.failures.map((each) => [each.name, each.message]));
  return [report.total, report.passed, report.failed, failures];
}

describe('a report as JUnit XML', () => {
  const read: Record<string, Record<string, string>> = {
    'junit-mocha': { 'cart removes': '1 == 2' },
    'junit-node': { 'cart removes <all> & more': '1 == 2' },
    'junit-pytest': { 'test_cart test_removes': 'assert 1 == 2' },
  };
  for (const [name, failures] of Object.entries(read)) {
    it(`is read from ${name}`, () => {
      assert.deepEqual(told(parseJunit(recorded(name))), [3, 1, 1, failures]);
    });
  }

  const written: readonly (readonly [title: string, xml: string, told: unknown])[] = [
    [
      'of several suites among other text',
      '> test\n<?xml version="1.0"?><testsuite name="a"><testcase name="x"/></testsuite>\nmore\n' +
        '<testsuite name="b"><testcase name="x"><error message="no db"/></testcase></testsuite>\nend',
      [2, 1, 1, { 'b x': 'no db' }],
    ],
    [
      'of suites within suites, with classes and CDATA',
      '<testsuites><testsuite name="s"><testsuite name="t"><testcase classname="C" name="x">' +
        '<failure type="E"><![CDATA[\n 1 < 2\nat C]]></failure></testcase></testsuite>' +
        '<testcase name="y"><skipped/></testcase></testsuite></testsuites>',
      [2, 0, 1, { 'C x': '1 < 2' }],
    ],
    ['without tests', '<testsuites/>', { kind: 'none', explainsFailure: false }],
    ['that breaks off', '<testsuites><testsuite name="a"><testcase name="x"/></testsuite>', null],
    ['that is none', 'a < b && c > d', null],
    ['that is HTML', '<testsuite><br></testsuite>', null],
  ];
  for (const [title, xml, expected] of written) {
    it(`is read as it is: ${title}`, () => {
      assert.deepEqual(told(parseJunit(xml)), expected);
    });
  }

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<testsuite>',
            '</testsuite>',
            '<testcase name="a">',
            '</testcase>',
            '&',
            '<',
            '>',
            '<![CDATA[',
            ']]>',
            'x',
            '"',
          ),
        ),
        (parts) => {
          parseJunit(parts.join(''));
        },
      ),
    );
  });
});

describe('a report as JSON', () => {
  const assertion = (status: string, title: string, ...failureMessages: string[]) => ({
    status,
    title,
    fullName: `cart ${title}`,
    failureMessages,
  });
  const jest = {
    numTotalTests: 3,
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    success: false,
    testResults: [
      {
        name: 'cart.test.js',
        status: 'failed',
        message: '',
        assertionResults: [
          assertion('passed', 'adds'),
          assertion('failed', 'removes', 'Error: 1 is not 2\n    at cart.test.js:3'),
          assertion('pending', 'later'),
        ],
      },
    ],
  };

  it('of Jest or Vitest names what failed, whatever was printed around it', () => {
    const output = `> test\n\n${JSON.stringify(jest)}\nJSON report written\n`;
    assert.deepEqual(told(parseTests(output, 'npm')), [
      3,
      1,
      1,
      { 'cart removes': 'Error: 1 is not 2 at cart.test.js:3' },
    ]);
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = {
      ...jest,
      numTotalTests: 0,
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      testResults: [
        { name: 'a.test.js', status: 'failed', message: 'Cannot find x', assertionResults: [] },
      ],
    };
    assert.deepEqual(told(parseTests(JSON.stringify(broken), 'npm')), [
      1,
      0,
      1,
      { 'a.test.js': 'Cannot find x' },
    ]);
  });

  it('says that there are no tests', () => {
    const none = {
      ...jest,
      numTotalTests: 0,
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      testResults: [],
    };
    assert.deepEqual(parseTests(JSON.stringify(none), 'npm'), {
      kind: 'none',
      explainsFailure: true,
    });
  });

  it('is found among lines with braces of their own', () => {
    const output = 'x {\n{ not json }\n{"a":"}\\"{"}\n  {"b":1}\n{"c":{"d":[{}]}}\n{"e":';
    assert.deepEqual(jsonDocuments(output), [{ a: '}"{' }, { c: { d: [{}] } }]);
  });
});

describe('several reports of one run', () => {
  const counts = (total: number | null, failed: number, ...names: string[]): TestReport => ({
    kind: 'counts',
    total,
    passed: total === null ? null : total - failed,
    failed,
    failures: names.map((name) => ({ name, message: '' })),
  });

  it('are added up; what one does not count stays unknown', () => {
    assert.deepEqual(told(addReports([counts(3, 1, 'a'), counts(2, 1, 'b')])), [
      5,
      3,
      2,
      { a: '', b: '' },
    ]);
    assert.deepEqual(told(addReports([counts(3, 0), counts(null, 0)])), [null, null, 0, {}]);
  });

  it('are of no tests where none has any', () => {
    const none: TestReport = { kind: 'none', explainsFailure: false };
    assert.deepEqual(addReports([none, none]), none);
    assert.deepEqual(told(addReports([none, counts(1, 0)])), [1, 1, 0, {}]);
    assert.equal(addReports([]), null);
  });
});
