import { strict as assert } from 'node:assert';
import type { DeadLetter } from '../../../../src/coordinator/projections/dead-letter.ts';
import {
  codeOf,
  givenUpRows,
  reasonOf,
  refusedWords,
} from '../../../../src/coordinator/projections/given-up.ts';
import { asRunId } from '../../../../src/shared/ids.ts';
import { deadLetter, refusedDeadLetter } from '../../../support/coordinator/dead-letters.ts';
import { FAILURES } from '../../../support/coordinator/outcomes.ts';

const SPENT = 'The budget of $5 is used up.';

/** `T1` for a task of its own, `T1+T2` for those that stand together. */
function drawn(letters: readonly DeadLetter[]): string[] {
  return givenUpRows(letters).map((row) =>
    row.kind === 'dead_letter'
      ? row.deadLetter.task.id
      : row.deadLetters.map(({ task }) => task.id).join('+'),
  );
}

describe('the rows of what was given up', () => {
  const tables: readonly (readonly [string, readonly DeadLetter[], readonly string[]])[] = [
    ['nothing', [], []],
    [
      'the newest first',
      [deadLetter('T1'), deadLetter('T2', { at: 3_000 }), deadLetter('T3', { at: 2_000 })],
      ['T2', 'T3', 'T1'],
    ],
    [
      'one row for tasks that the same budget kept from starting, beside what really failed',
      [refusedDeadLetter('T1', SPENT), deadLetter('T2'), refusedDeadLetter('T3', SPENT)],
      ['T1+T3', 'T2'],
    ],
    ['a row of its own for a single refusal', [refusedDeadLetter('T1', SPENT)], ['T1']],
    [
      'a row for each refusal and for each run',
      [
        refusedDeadLetter('T1', SPENT),
        refusedDeadLetter('T2', 'codex is not allowed.'),
        { ...refusedDeadLetter('T3', SPENT), run: asRunId('20261121T130000Z-abcdef') },
      ],
      ['T1', 'T2', 'T3'],
    ],
    [
      'a row of its own for a task that was started before it was refused',
      [
        refusedDeadLetter('T1', SPENT),
        { ...refusedDeadLetter('T2', SPENT), attempts: 1, newest: 1 },
        refusedDeadLetter('T3', SPENT),
      ],
      ['T1+T3', 'T2'],
    ],
  ];
  for (const [what, letters, expected] of tables) {
    it(`are ${what}`, () => {
      assert.deepEqual(drawn(letters), expected);
    });
  }

  it('stay fifty tasks in one row', () => {
    const many = Array.from({ length: 50 }, (_, index) => refusedDeadLetter(`T${index}`, SPENT));
    const [row, ...others] = givenUpRows(many);
    assert.ok(row?.kind === 'refused');
    assert.deepEqual(others, []);
    assert.equal(refusedWords(row.deadLetters), '50 tasks of auth were never started');
    assert.equal(row.reason, SPENT);
  });

  it('say how often a task was tried, where it was more than once', () => {
    assert.equal(reasonOf(deadLetter('T1')), 'It ended with code 1.');
    assert.equal(reasonOf(deadLetter('T1', { attempts: 3 })), 'It ended with code 1. (3 attempts)');
  });

  it('have a code that programs can tell a failure by', () => {
    assert.equal(codeOf(deadLetter('T1')), 'exit 1');
    assert.equal(codeOf(deadLetter('T1', { failure: FAILURES.rejected })), 'NO_AVAILABLE_AGENT');
    assert.equal(codeOf(deadLetter('T1', { failure: FAILURES.timeout })), 'timeout');
  });
});
