import { strict as assert } from 'node:assert';
import { claudeCommand, customCommand } from '../../../src/agents/commands.ts';
import { customAgentSchema } from '../../../src/coordinator/config.ts';

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
  const filled = customCommand(customAgentSchema.parse({ command }), placeholders);
  return filled.kind === 'argv' ? filled.argv : assert.fail('not an argv');
}

describe('an agent’s command', () => {
  it('starts Claude Code headless, with events, and without the prompt', () => {
    assert.deepEqual(claudeCommand({ path: '/bin/claude' }), {
      kind: 'argv',
      argv: [
        '/bin/claude',
        '-p',
        '--output-format',
        'stream-json',
        '--verbose',
        '--permission-mode',
        'acceptEdits',
      ],
    });
  });

  it('names model and session where they are chosen', () => {
    const command = claudeCommand({ path: 'claude', model: 'opus', sessionId: 'u-1' });
    assert.ok(command.kind === 'argv');
    assert.deepEqual(command.argv.slice(-4), ['--model', 'opus', '--session-id', 'u-1']);
  });

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

  it('keeps braces that name nothing', () => {
    assert.deepEqual(argvOf('agent', '{unknown}', '{}', '{constructor}'), [
      'agent',
      '{unknown}',
      '{}',
      '{constructor}',
    ]);
  });
});
