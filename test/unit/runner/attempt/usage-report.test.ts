import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readUsageReport } from '../../../../src/runner/attempt/usage-report.ts';
import { attemptFiles } from '../../../../src/store/attempts/attempt-directory.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the file that a program leaves of its usage', () => {
  let directory = '';
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  it('is read of a program that tells its usage in no other way, up to its limit', () => {
    writeFileSync(attemptFiles(directory).usage, '{"modelMetrics":{}}');
    assert.equal(readUsageReport('copilot', directory), '{"modelMetrics":{}}');
    assert.equal(readUsageReport('claude', directory), undefined);
    writeFileSync(attemptFiles(directory).usage, 'x'.repeat(2 * 1024 * 1024));
    assert.equal(readUsageReport('copilot', directory)?.length, 1024 * 1024);
  });

  it('is none where there is no such file, or something else in its place', () => {
    assert.equal(readUsageReport('copilot', directory), undefined);
    mkdirSync(attemptFiles(directory).usage);
    assert.equal(readUsageReport('copilot', directory), undefined);
  });
});
