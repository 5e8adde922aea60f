import assert from 'node:assert/strict';
import { failureMessage, printedIssues } from '../../../../../src/tasks/beads/bd/bd-output.ts';
import type { BdOutcome } from '../../../../../src/tasks/beads/bd/run-bd.ts';

function ended(stdout: string, stderr = '', exitCode: number | null = 0): BdOutcome {
  return { kind: 'ended', exitCode, stdout, stderr };
}

const ONE = { id: 'bd-1', title: 'One' };

describe('what bd prints', () => {
  const wrappers: readonly (readonly [string, unknown])[] = [
    ['a bare list', [ONE]],
    ['a list in data', { schema_version: 1, data: [ONE] }],
    ['a list in items', { schema_version: 1, items: [ONE] }],
    ['a single issue', ONE],
  ];
  for (const [title, value] of wrappers) {
    it(`is read as ${title}`, () => {
      const read = printedIssues(ended(JSON.stringify(value)));
      assert.ok(read.ok);
      assert.deepEqual(
        read.value.issues.map(({ id }) => id),
        ['bd-1'],
      );
    });
  }

  it('can be nothing at all, in two ways', () => {
    for (const text of ['[]', 'null', '{"schema_version":1,"data":[]}']) {
      assert.deepEqual(printedIssues(ended(text)), { ok: true, value: { issues: [], bad: [] } });
    }
  });

  it('loads beside an issue that cannot be read', () => {
    const read = printedIssues(ended(JSON.stringify([ONE, { id: 'bd-2', priority: 'high' }, 7])));
    assert.ok(read.ok);
    assert.equal(read.value.issues.length, 1);
    assert.deepEqual(
      read.value.bad.map(({ id }) => id),
      ['bd-2', null],
    );
  });

  it('has to be JSON', () => {
    const old = printedIssues(ended('○ bd-1 One\n○ bd-2 Two\n'));
    assert.ok(!old.ok);
    assert.match(old.failure, /^bd printed no JSON, but “○ bd-1 One”\. Update beads/);
    const silent = printedIssues(ended(''));
    assert.ok(!silent.ok);
    assert.match(silent.failure, /^bd printed no JSON\. Update beads/);
  });

  const errors: readonly (readonly [string, BdOutcome, string])[] = [
    [
      'an error object on stderr',
      ended('', '{"schema_version":1,"error":"no such issue","code":"not_found"}', 1),
      'bd said: no such issue.',
    ],
    [
      'one of several lines behind a warning',
      ended('', 'warning: no role\n{\n  "error": "no such issue"\n}\n', 1),
      'bd said: no such issue.',
    ],
    ['one on stdout', ended('{"error":"gone","schema_version":1}', '', 1), 'bd said: gone.'],
    [
      'the reasons of issues that bd did not change',
      ended(
        '{"error":"1 of 1 issues failed to update","failed":[{"id":"bd-2","error":"already claimed"}]}',
        '',
        1,
      ),
      'bd said: already claimed.',
    ],
    ['one in data', ended('{"data":{"error":"gone"}}', '', 1), 'bd said: gone.'],
    ['plain text', ended('', 'Warning: old\nError: locked\nHint: wait', 1), 'bd said: locked.'],
    ['text on stdout', ended('What?\n', '', 2), 'bd said: What?'],
    ['no words', ended('', '', 3), 'bd said: nothing (exit code 3).'],
    ['a signal', ended('', '', null), 'bd said: nothing, and was ended by a signal.'],
    ['its absence', { kind: 'missing' }, 'bd was not found.'],
    ['no start', { kind: 'not-started', why: 'EACCES' }, 'bd could not be started (EACCES).'],
    [
      'slowness',
      { kind: 'too-slow', limitMs: 10_000 },
      'bd did not answer within 10 s and was ended.',
    ],
    ['a flood', { kind: 'too-much' }, 'bd printed more than 64 MiB and was ended.'],
  ];
  for (const [title, outcome, sentence] of errors) {
    it(`is told in a sentence where it failed with ${title}`, () => {
      assert.equal(failureMessage(outcome), sentence);
      assert.deepEqual(printedIssues(outcome), { ok: false, failure: sentence });
    });
  }

  it('is told as an error although bd ended well', () => {
    const read = printedIssues(ended('{"schema_version":1,"error":"half-way"}'));
    assert.deepEqual(read, { ok: false, failure: 'bd said: half-way.' });
  });

  it('is not quoted at length', () => {
    assert.ok(failureMessage(ended('', 'x'.repeat(10_000), 1)).length < 400);
  });
});
