import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { editedFiles, toolSteps, withinCwd } from '../../../../src/agents/stream/tool-words.ts';

describe('the path of a file that an agent names', () => {
  const cwd = resolve('/project');
  for (const [path, shown] of [
    ['/project/src/a.ts', 'src/a.ts'],
    ['/project/.env', '.env'],
    ['/project/src/../a.ts', 'a.ts'],
    ['/project/./a.ts', 'a.ts'],
    ['/project/../other/a.ts', '/project/../other/a.ts'],
    ['/project-2/a.ts', '/project-2/a.ts'],
    ['/project', '/project'],
    ['./a.ts', 'a.ts'],
    ['src\\a.ts', 'src/a.ts'],
  ] as const) {
    it(`${path} is shown as ${shown}`, () => assert.equal(withinCwd(path, cwd), shown));
  }
});

describe('a patch', () => {
  const tools = new Map([['apply_patch', 'edit']] as const);
  const patch = [
    '*** Begin Patch',
    '*** Add File: a.ts',
    '+one',
    '*** Update File: b.ts',
    '*** Move to: c.ts',
    '*** Delete File: d.ts',
    '*** End Patch',
  ].join('\n');

  it('changes every file that its headings name, each a step of its own', () => {
    const files = ['a.ts', 'b.ts', 'c.ts', 'd.ts'];
    assert.deepEqual(editedFiles(tools, 'apply_patch', { input: patch }), files);
    const steps = toolSteps(tools, 'apply_patch', { input: patch }, '/project');
    assert.deepEqual(
      steps.map((step) => step.type === 'step' && step.file),
      files,
    );
  });

  it('without a heading is shown by its tool’s name', () => {
    const [step] = toolSteps(tools, 'apply_patch', {}, '/project');
    assert.deepEqual(step, { type: 'step', kind: 'tool', text: 'apply_patch' });
  });
});
