import { strict as assert } from 'node:assert';
import { customCommand, type Placeholders } from '../../../src/agents/commands.ts';
import { customAgentSchema } from '../../../src/coordinator/schema/config.ts';

const placeholders = {
  promptFile: '/state/prompt.md',
  contextFile: '/context/view.json',
  resultFile: '/state/result.json',
  taskId: '--version',
  groupId: '{workspace}; rm -rf /',
  workspace: '/work space',
  attemptDir: '/state',
};

function argvOf(...command: string[]): readonly string[] {
  return filledWith({}, ...command);
}

function filledWith(more: Partial<Placeholders>, ...command: string[]): readonly string[] {
  const filled = customCommand(customAgentSchema.parse({ command }), { ...placeholders, ...more });
  return filled.kind === 'argv' ? filled.argv : assert.fail('not an argv');
}

describe('an agent’s command', () => {
  it('has its placeholders filled in, whole arguments or parts of them', () => {
    assert.deepEqual(argvOf('agent', '--file={promptFile}', '{attemptDir}/x', '{workspace}'), [
      'agent',
      '--file=/state/prompt.md',
      '/state/x',
      '/work space',
    ]);
  });

  it('keeps every value within its argument, whatever it contains', () => {
    assert.deepEqual(argvOf('agent', '{groupId}', '--task={taskId}'), [
      'agent',
      '{workspace}; rm -rf /',
      '--task=--version',
    ]);
  });

  it('names the session to resume, else a new one at every start', () => {
    assert.deepEqual(filledWith({ session: 's-1' }, 'agent', '--resume={session}'), [
      'agent',
      '--resume=s-1',
    ]);
    const ids = [1, 2].map(() => argvOf('agent', '{session}', '{session}'));
    for (const [, first, second] of ids) {
      assert.match(first ?? '', /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
      assert.equal(first, second);
    }
    assert.notDeepEqual(ids[0], ids[1]);
  });

  it('keeps braces that name nothing', () => {
    assert.deepEqual(argvOf('agent', '{unknown}', '{}', '{constructor}'), [
      'agent',
      '{unknown}',
      '{}',
      '{constructor}',
    ]);
  });
});
