import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { parseTests } from '../../../../src/verification/suites/parse-tests.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/test-output/${name}.txt`, import.meta.url), 'utf8');
const UNCOUNTED = { kind: 'counts', total: null, passed: null };
const parse = (name: string) => parseTests(recorded(name), 'npm');

const failuresOf = (report: ReturnType<typeof parseTests>) =>
  report?.kind === 'counts' ? report.failures : [];

describe('the output of a test runner', () => {
  const counted: Record<string, readonly [number, number, number, Record<string, string>]> = {
    'node-spec': [4, 2, 1, { 'sub breaks': 'AssertionError [ERR_ASSERTION]: 1 == 2' }],
    'node-tap': [4, 2, 1, { 'sub breaks': '1 == 2' }],
    mocha: [
      4,
      1,
      2,
      {
        'suite breaks': 'AssertionError [ERR_ASSERTION]: 1 == 2',
        'suite inner breaks too': 'Error: boom',
      },
    ],
    'mocha-tap': [4, 1, 2, { 'suite breaks': '1 == 2', 'suite inner breaks too': 'boom' }],
    jest: [3, 1, 1, { 'suite › breaks': 'expect(received).toBe(expected) // Object.is equality' }],
    vitest: [
      3,
      1,
      1,
      {
        'a.test.ts > suite > breaks': 'AssertionError: expected 1 to be 2 // Object.is equality',
      },
    ],
    pytest: [
      6,
      2,
      3,
      {
        'test_a.py::test_bad': 'assert 1 == 2',
        'test_a.py::TestX::test_p[2]': 'assert 2 == 1',
        'test_a.py::test_err': 'RuntimeError: no db',
      },
    ],
    'pytest-q': [
      6,
      2,
      3,
      {
        'test_a.py::test_bad': 'assert 1 == 2',
        'test_a.py::TestX::test_p[2]': 'assert 2 == 1',
        'test_a.py::test_err': 'RuntimeError: no db',
      },
    ],
    'pytest-collect': [1, 0, 1, { 'bad/test_i.py': '' }],
    cargo: [3, 1, 1, { 'tests::bad': 'assertion `left == right` failed: numbers differ' }],
    'go-v': [2, 1, 1, { 'TestBad/sub': 'a_test.go:4: sub boom' }],
    'go-json': [
      4,
      1,
      2,
      {
        'TestAdds/two': 'cart_test.go:3: 1 is not 2',
        'example.org/cart/broken': 'broken/b_test.go:3:28: undefined: undefined',
      },
    ],
    'mocha-json': [3, 1, 1, { 'cart removes': '1 == 2' }],
  };
  for (const [name, [total, passed, failed, failures]] of Object.entries(counted)) {
    it(`of ${name} gives its counts, and each failure once with its first line`, () => {
      assert.deepEqual(parse(name), {
        kind: 'counts',
        total,
        passed,
        failed,
        failures: Object.entries(failures).map(([key, message]) => ({ name: key, message })),
      });
    });
  }

  const empty = ['node-none', 'mocha-zero', 'cargo-none', 'go-none', 'go-nothing'];
  for (const name of empty) {
    it(`of ${name} is no tests in a run that is a success by itself`, () => {
      assert.deepEqual(parse(name), { kind: 'none', explainsFailure: false });
    });
  }

  for (const name of ['mocha-none', 'jest-none', 'vitest-none', 'pytest-none']) {
    it(`of ${name} is no tests, told as the reason to fail`, () => {
      assert.deepEqual(parse(name), { kind: 'none', explainsFailure: true });
    });
  }

  const missing: Record<string, string> = {
    npm: 'npm error Missing script: "test"\nnpm error\n',
    'an older npm': 'npm ERR! Missing script: "test"\n',
    'the placeholder of npm':
      '> echo "Error: no test specified" && exit 1\n\nError: no test specified\n',
    pnpm: ' ERR_PNPM_NO_SCRIPT  Missing script: test\n',
    yarn: 'error Command "test" not found.\n',
    'a newer yarn': 'Usage Error: Couldn\'t find a script named "test".\n',
    bun: 'error: Script not found "test"\n',
    node: "Could not find 'nope.mjs'\n",
    go: 'go: warning: "./..." matched no packages\nno packages to test\n',
    deno: 'error: No test modules found\n',
    unittest: '\n------\nRan 0 tests in 0.000s\n\nNO TESTS RAN\n',
    'pytest that deselected everything': '===== 3 deselected in 0.01s =====\n',
  };
  for (const [who, output] of Object.entries(missing)) {
    it(`of ${who} that has nothing to run is no tests`, () => {
      assert.deepEqual(parseTests(output, 'npm'), { kind: 'none', explainsFailure: true });
    });
  }

  it('of pytest that was given a wrong path does not explain the failure', () => {
    const output = 'ERROR: file or directory not found: nope\n\n\nno tests ran in 0.00s\n';
    assert.deepEqual(parseTests(output, 'pytest'), { kind: 'none', explainsFailure: false });
  });

  it('of jest names a suite that could not be loaded', () => {
    const output =
      'FAIL test/cart.test.js\n  ● Test suite failed to run\n\n    SyntaxError: Unexpected token\n\nTest Suites: 1 failed, 1 total\nTests:       0 total\n';
    const failures = [
      {
        name: 'test/cart.test.js: Test suite failed to run',
        message: 'SyntaxError: Unexpected token',
      },
    ];
    assert.deepEqual(parseTests(output, 'npm'), {
      kind: 'counts',
      total: 1,
      passed: 0,
      failed: 1,
      failures,
    });
  });

  it('of vitest names a file that could not be loaded', () => {
    const output =
      ' FAIL  test/cart.test.ts [ test/cart.test.ts ]\nError: Cannot find module\n\n Test Files  1 failed (1)\n      Tests  no tests\n';
    const failures = [{ name: 'test/cart.test.ts', message: 'Error: Cannot find module' }];
    assert.deepEqual(parseTests(output, 'npm'), {
      kind: 'counts',
      total: 1,
      passed: 0,
      failed: 1,
      failures,
    });
  });

  it('of go without -v tells the failures, but cannot tell how many tests passed', () => {
    const failures = [{ name: 'TestBad/sub', message: 'a_test.go:4: sub boom' }];
    assert.deepEqual(parse('go'), { ...UNCOUNTED, failed: 1, failures });
    assert.deepEqual(parse('go-ok'), { ...UNCOUNTED, failed: 0, failures: [] });
  });

  it('of go names a package that could not be built beside the test that failed', () => {
    assert.deepEqual(
      failuresOf(parse('go-broken')).map(({ name }) => name),
      ['TestBad/sub', 'example.com/a/b'],
    );
    assert.match(
      failuresOf(parse('go-broken'))[1]?.message ?? '',
      /^build failed: b\/b\.go:2:23: /,
    );
  });

  it('of go names the test that panicked', () => {
    const failures = [{ name: 'TestX', message: 'panic: boom [recovered, repanicked]' }];
    assert.deepEqual(parse('go-panic'), { ...UNCOUNTED, failed: 1, failures });
  });

  it('of cargo that could not be built says nothing of tests', () => {
    assert.equal(parse('cargo-broken'), null);
  });

  it('of several packages is added up', () => {
    const twice = parseTests(recorded('cargo') + recorded('cargo'), 'npm');
    const failures = failuresOf(parse('cargo'));
    assert.deepEqual(twice, { kind: 'counts', total: 6, passed: 2, failed: 2, failures });
  });

  it('is read through carriage returns and colours', () => {
    const colourful = recorded('mocha')
      .replaceAll('\n', '\r\n')
      .replace('1 passing', '\u001b[32m1 passing\u001b[0m');
    assert.deepEqual(parseTests(colourful, 'npm'), parse('mocha'));
  });

  it('of anybody else is not guessed at', () => {
    assert.equal(parseTests('all 12 tests are fine\nok then\n', 'make'), null);
    assert.equal(parseTests('', 'npm'), null);
  });

  it('in the Test Anything Protocol counts points, and failures that are not excused', () => {
    const tap =
      '1..4\nok 1 - reads\nnot ok 2 - writes # TODO later\nnot ok 3 - seeks\nok 4 # SKIP\n';
    const failures = [{ name: 'seeks', message: '' }];
    assert.deepEqual(parseTests(tap, 'make'), {
      kind: 'counts',
      total: 4,
      passed: 1,
      failed: 1,
      failures,
    });
  });

  const lines: Record<string, readonly [string, number, number, number]> = {
    rspec: ['12 examples, 2 failures, 1 pending', 12, 9, 2],
    maven: ['[INFO] Tests run: 3, Failures: 0, Errors: 1, Skipped: 1', 3, 1, 1],
    dotnet: ['Failed!  - Failed:     1, Passed:     3, Skipped:     0, Total:     4', 4, 3, 1],
    phpunit: ['OK (3 tests, 5 assertions)', 3, 3, 0],
    'phpunit that fails': ['Tests: 3, Assertions: 5, Failures: 1.', 3, 2, 1],
    mix: ['1 doctest, 3 tests, 1 failure', 3, 2, 1],
    gradle: ['7 tests completed, 2 failed, 1 skipped', 7, 4, 2],
    minitest: ['5 runs, 7 assertions, 1 failures, 1 errors, 1 skips', 5, 2, 2],
    'dotnet in a terminal': [
      'Test summary: total: 5; failed: 1; succeeded: 3; skipped: 1; duration: 1.2s',
      5,
      3,
      1,
    ],
    'phpunit with more to tell': [
      'Tests: 9, Assertions: 9, Errors: 1, Failures: 2, Warnings: 1, Skipped: 3.',
      9,
      3,
      3,
    ],
    unittest: ['Ran 5 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)', 5, 2, 2],
    'unittest that passes': ['Ran 5 tests in 0.001s\n\nOK', 5, 5, 0],
    deno: ['ok | 3 passed | 0 failed (12ms)', 3, 3, 0],
  };
  for (const [name, [line, total, passed, failed]] of Object.entries(lines)) {
    it(`of ${name} gives its counts`, () => {
      const output = `Running …\n${line}\n`;
      assert.deepEqual(parseTests(output, name), {
        kind: 'counts',
        total,
        passed,
        failed,
        failures: [],
      });
    });
  }
});
