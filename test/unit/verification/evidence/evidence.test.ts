import { strict as assert } from 'node:assert';
import {
  type EvidenceInput,
  judgeEvidence,
} from '../../../../src/verification/evidence/evidence.ts';

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
  edits: [],
  otherEdits: [],
  otherFiles: [],
  overlapping: false,
  files: [],
  text: 'Add a.',
  root: '/home/user/shop',
  result: { kind: 'absent' },
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
        ['report', true, 'It reported no result.'],
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

  it('is against an attempt that was denied what its task needs', () => {
    assert.deepEqual(against({}, { denials: ['Bash: npm install', 'Write: src/b.ts'] }), [
      'permissions: It was denied what the task needs: Write: src/b.ts.',
    ]);
  });

  it('only warns of what was denied that the task did not ask for', () => {
    const { evidence } = judge({}, { denials: ['Bash: npm install', 'WebFetch'] });
    assert.deepEqual(
      evidence.filter(({ note }) => note === 'warning'),
      [
        {
          kind: 'permissions',
          ok: true,
          note: 'warning',
          detail: 'It was denied what the task does not ask for: Bash: npm install, WebFetch.',
        },
      ],
    );
    assert.deepEqual(against({}, { denials: ['WebFetch'] }), []);
  });

  it('is against an attempt that was denied anything and changed nothing', () => {
    assert.deepEqual(against({ changed: [] }, { denials: ['WebFetch'] }), [
      'permissions: It was denied WebFetch, and changed nothing.',
      'diff: It said it was done, but no file changed.',
    ]);
  });

  it('is the result that it reported, well-formed or not', () => {
    const report = (result: EvidenceInput['result']) =>
      judge({ result }).evidence.find(({ kind }) => kind === 'report');
    assert.deepEqual(report({ kind: 'valid' }), {
      kind: 'report',
      ok: true,
      detail: 'The result that it reported is well-formed.',
    });
    assert.equal(report({ kind: 'absent' })?.note, 'neutral');
    assert.deepEqual(against({ result: { kind: 'malformed', why: 'is not JSON.' } }), [
      'report: The result that it reported is not JSON.',
    ]);
  });

  it('only warns of the result of a plain command, which nobody told how', () => {
    const agent = { adapter: 'none', expectsChanges: false } as const;
    const result = { kind: 'malformed', why: 'is not JSON.' } as const;
    const { evidence } = judge({ agent, result }, { lastWord: null });
    assert.deepEqual(
      evidence.map(({ kind, ok, note }) => [kind, ok, note]),
      [
        ['exit', true, undefined],
        ['report', true, 'warning'],
      ],
    );
  });

  it('has no control characters of what an agent was denied', () => {
    const bell = String.fromCharCode(7);
    assert.deepEqual(against({}, { denials: [`Write: a${bell}\nb`] }), [
      'permissions: It was denied what the task needs: Write: a b.',
    ]);
  });

  it('is against an attempt that changed nothing', () => {
    assert.deepEqual(against({ changed: [] }), ['diff: It said it was done, but no file changed.']);
    assert.deepEqual(against({ changed: [], edits: ['src/a.ts'] }), [
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
      assert.deepEqual(judge({ ...claims, edits: ['src\\a.ts'] }).files, ['src/a.ts', 'src/b.ts']);
    });

    it('if they lie in a folder that the task names, and says that the agent did not say so', () => {
      const { evidence, files } = judge({ changed, files: ['src/'], overlapping: true });
      assert.deepEqual(files, ['src/a.ts', 'src/b.ts']);
      assert.equal(
        evidence.find(({ kind }) => kind === 'diff')?.detail,
        '2 files changed: src/a.ts, src/b.ts, as the task names, though the agent did not say that it wrote that.',
      );
    });

    it('all of them, if it claimed none and was alone', () => {
      assert.deepEqual(judge({ changed }).files, changed);
    });

    it('but not those that others reported as theirs', () => {
      const others = { changed: ['src/a.ts'], overlapping: true, otherEdits: ['src/a.ts'] };
      assert.deepEqual(against(others), [
        'diff: It said it was done, but no file changed except those that other tasks reported as theirs.',
      ]);
    });

    it('but not those that nobody named while others worked, which are shown', () => {
      const { evidence, files } = judge({ changed, overlapping: true, otherEdits: ['src/a.ts'] });
      assert.deepEqual(files, []);
      assert.deepEqual(
        evidence.filter(({ kind }) => kind === 'diff' || kind === 'unnamed'),
        [
          {
            kind: 'diff',
            ok: false,
            detail:
              'It said it was done, but no file that changed can be put down to it: it named none of them, nor does its task, and other tasks ran at the same time.',
          },
          {
            kind: 'unnamed',
            ok: true,
            note: 'warning',
            detail:
              '2 files changed that nobody named: plan/x.md, src/b.ts. Any of the tasks that ran at the same time may have written that.',
          },
        ],
      );
    });

    it('and shows what changed beside them', () => {
      const { evidence } = judge({ changed, edits: ['src/a.ts', 'plan/x.md'] });
      assert.equal(
        evidence.find(({ kind }) => kind === 'unnamed')?.detail,
        '1 file changed that nobody named: src/b.ts. It is not counted.',
      );
    });
  });
});
