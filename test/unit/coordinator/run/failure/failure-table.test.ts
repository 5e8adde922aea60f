import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import {
  classOf,
  escalates,
  FAILURE_CLASSES,
  FAILURE_TABLE,
} from '../../../../../src/coordinator/run/failure/failure-table.ts';
import { FAILURES } from '../../../../support/coordinator/outcomes.ts';

const page = readFileSync(new URL('../../../../../docs/failures.md', import.meta.url), 'utf8');

/** The cells of the first table of the page, its heading left out. */
function documented(): string[][] {
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const WHOSE = { agent: 'the agent', task: 'the task', nobody: 'no one' };

describe('the table of failures', () => {
  it('is documented row by row, in the same order', () => {
    const rows = documented();
    assert.deepEqual(
      rows.map(([name, , steps, whose, called]) => [name, steps, whose, called]),
      FAILURE_CLASSES.map((name) => {
        const { steps, blames, escalates: called } = FAILURE_TABLE[name];
        const words = steps.map((step) => step.replaceAll('_', ' ')).join(', ');
        return [name.replaceAll('_', ' '), words, WHOSE[blames], called ? 'yes' : 'no'];
      }),
    );
    assert.ok(rows.every(([, meaning]) => meaning !== undefined && meaning.length > 10));
  });

  it('has a class for every reason why an attempt can fail', () => {
    const classes = new Set(Object.values(FAILURES).map(classOf));
    const suites = FAILURE_CLASSES.filter((name) => name === 'tests_failed');
    assert.deepEqual([...classes, ...suites].toSorted(), FAILURE_CLASSES.toSorted());
  });

  it('calls a person for what no retry can mend', () => {
    assert.equal(escalates(FAILURES.authentication), true);
    assert.equal(escalates(FAILURES.timeout), false);
  });

  it('explains every step that it names', () => {
    const steps = new Set(Object.values(FAILURE_TABLE).flatMap((row) => row.steps));
    for (const step of steps) {
      assert.ok(page.includes(`- **${step.replaceAll('_', ' ')}**`), step);
    }
  });
});
