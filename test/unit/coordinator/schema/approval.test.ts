import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type ApprovalItem, approvalText } from '../../../../src/coordinator/schema/approval.ts';

const item: ApprovalItem = {
  label: 'T1',
  origin: 'tasks.md',
  command: { kind: 'argv', argv: ['npm', 'test'] },
  cwd: '.',
  env: { A: '1', B: '2' },
};

describe('what is approved of a command', () => {
  it('is not where it stands or what it is called', () => {
    const moved = { ...item, label: 'T2', origin: 'other.md' };
    assert.equal(approvalText(moved), approvalText(item));
  });

  it('does not depend on the order of the environment', () => {
    assert.equal(approvalText({ ...item, env: { B: '2', A: '1' } }), approvalText(item));
  });

  const changes: Record<string, Partial<ApprovalItem>> = {
    'an argument': { command: { kind: 'argv', argv: ['npm', 'test', '--force'] } },
    'where an argument ends': { command: { kind: 'argv', argv: ['npm test'] } },
    'that a shell reads it': { command: { kind: 'shell', line: 'npm test' } },
    'its working directory': { cwd: 'sub' },
    'a variable’s value': { env: { A: '1', B: '3' } },
    'a variable’s name': { env: { A: '1', C: '2' } },
    'that a variable is left out': { env: { A: '1' } },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is another with ${what}`, () => {
      assert.notEqual(approvalText({ ...item, ...change }), approvalText(item));
    });
  }

  it('differs wherever what is done differs', () => {
    const content = fc.record({
      command: fc.oneof(
        fc.record({
          kind: fc.constant('argv' as const),
          argv: fc.array(fc.string(), { minLength: 1 }),
        }),
        fc.record({ kind: fc.constant('shell' as const), line: fc.string({ minLength: 1 }) }),
      ),
      cwd: fc.constantFrom('.', 'a'),
      env: fc.dictionary(fc.constantFrom('A', 'B', '__proto__'), fc.constantFrom('', '1')),
    });
    fc.assert(
      fc.property(content, content, (a, b) => {
        const same = isSame(a, b);
        assert.equal(approvalText(a) === approvalText(b), same);
      }),
    );
  });
});

function isSame(a: unknown, b: unknown): boolean {
  try {
    // As JSON: what is stored and read back has lost its prototype.
    assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
}
