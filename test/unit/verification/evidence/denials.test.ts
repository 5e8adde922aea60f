import { strict as assert } from 'node:assert';
import { type DenialFacts, sortDenials } from '../../../../src/verification/evidence/denials.ts';

const TASK: Omit<DenialFacts, 'denials'> = {
  expectsChanges: true,
  files: ['src/cart.ts', 'docs'],
  text: 'Add totals to the cart. Run npm install first, then `make` and “Git push” the branch.',
  root: '/home/user/shop',
};

describe('a denied permission', () => {
  const decides: readonly (readonly [denial: string, facts?: Partial<DenialFacts>])[] = [
    // A tool that changes files, of any of the agents.
    ['Write: src/other.ts'],
    ['Edit'],
    ['MultiEdit(src/other.ts)'],
    ['NotebookEdit: a.ipynb'],
    ['write_file: a.txt'],
    ['apply_patch'],
    ['str_replace_editor: a.txt'],
    // A file or folder that the task names, whatever the tool.
    ['Read: src/cart.ts', { expectsChanges: false }],
    ['Read: /home/user/shop/docs/guide.md'],
    ['Bash: touch "./src/cart.ts"'],
    ['Bash: sed -i s/a/b/ src/cart.ts'],
    ['Bash: rm -rf src'],
    ['Bash: echo x >docs/guide.md'],
    ['Write: src\\cart.ts', { expectsChanges: false }],
    // A command that its text names.
    ['Bash: npm install left-pad'],
    ['Bash(npm install)'],
    ['Bash: cd lib && npm install'],
    ['Bash: CI=1 npm install'],
    ['Bash: make all'],
    ['Bash: make'],
    ['run_shell_command: git push origin'],
  ];
  for (const [denial, facts = {}] of decides) {
    it(`decides against a task that needs it: ${denial}`, () => {
      const sorted = sortDenials({ ...TASK, ...facts, denials: [denial] });
      assert.deepEqual(sorted, { decisive: [denial], others: [] });
    });
  }

  const passes: readonly (readonly [denial: string, facts?: Partial<DenialFacts>])[] = [
    ['WebFetch: https://example.org'],
    ['Bash: git commit -m "Add totals"'],
    ['Bash: npm test'],
    ['Bash: cat src/cart.tsx'],
    ['Bash: ls .'],
    ['Bash: touch /tmp/docs-of-mine'],
    // The program's name is also a plain word.
    ['Bash: add', {}],
    ['Bash: first aid', {}],
    // Nothing has to be written.
    ['Write: notes.md', { expectsChanges: false }],
    ['', {}],
  ];
  for (const [denial, facts = {}] of passes) {
    it(`is only a warning where the task did not ask for it: ${denial}`, () => {
      const sorted = sortDenials({ ...TASK, ...facts, denials: [denial] });
      assert.deepEqual(sorted, { decisive: [], others: [denial] });
    });
  }

  it('is sorted each for itself, in its order', () => {
    const denials = ['WebFetch: a', 'Write: a', 'WebFetch: b'];
    assert.deepEqual(sortDenials({ ...TASK, denials }), {
      decisive: ['Write: a'],
      others: ['WebFetch: a', 'WebFetch: b'],
    });
  });
});
