import { strict as assert } from 'node:assert';
import { reportPlaces } from '../../../../src/verification/detect-tests/report-places.ts';

describe('where a suite writes its report', () => {
  const lines: readonly (readonly [line: string, places: readonly string[]])[] = [
    ['pytest --junitxml=out/report.xml -q', ['out/report.xml']],
    ['pytest --junit-xml "my report.xml"', ['my report.xml']],
    ['vitest run --reporter=json --outputFile=out.json', ['out.json']],
    ['vitest --outputFile.junit=j.xml --outputFile.json=j.json', ['j.xml', 'j.json']],
    ['jest --json --outputFile out.json', ['out.json']],
    ['mocha -R xunit --reporter-options output=x.xml', ['x.xml']],
    ['mocha -R mocha-junit-reporter --reporter-option a=b,mochaFile=x.xml', ['x.xml']],
    ['node --test --test-reporter=junit --test-reporter-destination=stdout', []],
    ['node --test --test-reporter-destination=t.xml && echo', ['t.xml']],
    ['phpunit --log-junit x.xml', ['x.xml']],
    ['gotestsum --junitfile x.xml', ['x.xml']],
    ['npm test', []],
  ];
  for (const [line, places] of lines) {
    it(`is told by its command: ${line}`, () => {
      const facts = { configured: null, lines: [line], parser: 'npm' };
      assert.deepEqual(reportPlaces(facts), places);
    });
  }

  it('is as configured, before all else', () => {
    const facts = { configured: 'r.xml', lines: ['pytest --junitxml=out.xml'], parser: 'maven' };
    assert.deepEqual(reportPlaces(facts), ['r.xml']);
  });

  it('is where a build tool always writes it', () => {
    const at = (parser: string) => reportPlaces({ configured: null, lines: ['mvn test'], parser });
    assert.deepEqual(at('maven'), ['target/surefire-reports']);
    assert.deepEqual(at('gradle'), ['build/test-results/test']);
    assert.deepEqual(at('make'), []);
  });
});
