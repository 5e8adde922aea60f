import { strict as assert } from 'node:assert';
import { type EvidenceInput, judgeEvidence } from '../../../src/checks/evidence.ts';

const OUTCOME: EvidenceInput['outcome'] = {
  failure: null,
  exitCode: 0,
  signal: null,
  durationMs: 1000,
  summary: 'Done.',
  sessionId: null,
  usage: null,
  edits: [],
  denials: [],
  lastWord: true,
};
const INPUT: EvidenceInput = {
  agent: { adapter: 'claude', expectsChanges: true },
  outcome: OUTCOME,
  changed: ['src/a.ts'],
  otherEdits: [],
  overlapping: false,
  files: [],
};

function judge(changes: Partial<EvidenceInput>, outcome: Partial<EvidenceInput['outcome']> = {}) {
  return judgeEvidence({ ...INPUT, ...changes, outcome: { ...OUTCOME, ...outcome } });
}
const against = (...parameters: Parameters<typeof judge>) =>
  judge(...parameters)
    .evidence.filter(({ ok }) => !ok)
    .map(({ kind, detail }) => `${kind}: ${detail}`);

describe('the evidence for a task', () => {
  it('is its exit, its own last word, that nothing was denied, and a change', () => {
    const { evidence, files } = judge({});
    assert.deepEqual(
      evidence.map(({ kind, ok, detail }) => [kind, ok, detail]),
      [
        ['exit', true, 'It ended with exit code 0.'],
        ['result', true, 'The agent said that it was done.'],
        ['permissions', true, 'Nothing was denied.'],
        ['diff', true, '1 file changed: src/a.ts.'],
      ],
    );
    assert.deepEqual(files, ['src/a.ts']);
  });

  it('of a plain command is its exit alone', () => {
    const agent = { adapter: 'none', expectsChanges: false } as const;
    const { evidence } = judge({ agent }, { lastWord: null });
    assert.deepEqual(
      evidence.map(({ kind }) => kind),
      ['exit'],
    );
  });

  it('is against an attempt that ended badly', () => {
    assert.deepEqual(against({}, { exitCode: 3 }), ['exit: It ended with exit code 3.']);
    assert.deepEqual(against({}, { exitCode: null, signal: 'SIGKILL' }), [
      'exit: It was ended by SIGKILL.',
    ]);
  });

  it('is against an attempt without a last word, or with a bad one', () => {
    assert.deepEqual(against({}, { lastWord: false }), [
      'result: It ended without saying that it was done.',
    ]);
    const failure = { reason: 'invalid', message: 'The model does not exist.' } as const;
    assert.deepEqual(against({}, { failure }), ['result: The model does not exist.']);
  });

  it('is against an attempt that was denied something', () => {
    assert.deepEqual(against({}, { denials: ['Bash(npm install)', 'WebFetch'] }), [
      'permissions: It was denied: Bash(npm install), WebFetch.',
    ]);
  });

  it('is against an attempt that changed nothing', () => {
    assert.deepEqual(against({ changed: [] }), ['diff: It said it was done, but no file changed.']);
    assert.deepEqual(against({ changed: [] }, { edits: ['src/a.ts'] }), [
      'diff: It said it was done, but no file changed.',
    ]);
  });

  it('is missing where the files before are not known any more', () => {
    assert.deepEqual(against({ changed: null }), [
      'diff: Whether files changed cannot be told: their state before it is not known any more.',
    ]);
  });

  describe('puts changed files down to it', () => {
    const changed = ['plan/x.md', 'src/a.ts', 'src/b.ts'];

    it('if it reported them, or the task names them, and they did change', () => {
      const claims = { changed, files: ['./src/b.ts', 'src/never.ts'], overlapping: true };
      assert.deepEqual(judge(claims, { edits: ['src\\a.ts'] }).files, ['src/a.ts', 'src/b.ts']);
    });

    it('if they lie in a folder that the task names', () => {
      const named = { changed, files: ['src/'], overlapping: true };
      assert.deepEqual(judge(named).files, ['src/a.ts', 'src/b.ts']);
    });

    it('all of them, if it claimed none and was alone', () => {
      assert.deepEqual(judge({ changed }).files, changed);
    });

    it('but not those that others reported as theirs', () => {
      const others = { changed, overlapping: true, otherEdits: ['src/a.ts', 'plan/x.md'] };
      assert.deepEqual(judge(others).files, ['src/b.ts']);
      assert.deepEqual(against({ ...others, changed: ['src/a.ts'] }), [
        'diff: It said it was done, but no file changed except those that other tasks reported as theirs.',
      ]);
    });
  });
});
