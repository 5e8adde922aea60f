import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOOK_SETTINGS } from '../../../../src/agents/claude/agent.ts';
import { hookEvents } from '../../../../src/agents/claude/hooks.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const hook = (name: string, fields: object = {}): string =>
  JSON.stringify({ hook_event_name: name, session_id: 's-1', cwd: '/project', ...fields });

describe('the hooks of a Claude Code that a person works with', () => {
  const table: readonly [string, string, readonly object[]][] = [
    ['its session', hook('SessionStart'), [{ type: 'session', id: 's-1' }]],
    [
      'what it is told',
      hook('UserPromptSubmit', { prompt: 'use\ntabs' }),
      [{ type: 'step', kind: 'hears', text: 'use tabs' }],
    ],
    [
      'the files that it changed',
      hook('PostToolUse', { tool_name: 'Write', tool_input: { file_path: '/project/a.ts' } }),
      [{ type: 'step', kind: 'edit', text: 'a.ts', file: 'a.ts' }],
    ],
    [
      'what it ran',
      hook('PostToolUse', { tool_name: 'Bash', tool_input: { command: 'npm test' } }),
      [{ type: 'step', kind: 'run', text: 'npm test' }],
    ],
    [
      'that it needs a person',
      hook('Notification', { message: 'Claude needs your permission to use Bash' }),
      [{ type: 'needs_you', text: 'Claude needs your permission to use Bash' }],
    ],
    [
      'that it has answered',
      hook('Stop', { last_assistant_message: 'Done.' }),
      [
        { type: 'step', kind: 'says', text: 'Done.' },
        { type: 'needs_you', text: 'It has answered. Go on with it in its terminal, or leave it.' },
      ],
    ],
  ];
  for (const [what, line, expected] of table) {
    it(`tell ${what}`, () => {
      assert.deepEqual(hookEvents(line, '/project'), expected);
    });
  }

  it('may contain anything', () => {
    for (const line of ['', 'x', '[]', '{}', hook('New'), hook('PostToolUse', { tool_input: 1 })]) {
      assert.ok(Array.isArray(hookEvents(line, '/project')));
    }
  });

  it('write a line each to the file that the environment names', function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no POSIX shell');
    }
    const folder = temporaryDirectory();
    try {
      const file = join(folder, 'it’s "a" $file');
      const command = /"command":("(?:[^"\\]|\\.)*")/.exec(HOOK_SETTINGS)?.[1] ?? '""';
      const line: unknown = JSON.parse(command);
      assert.ok(typeof line === 'string');
      for (const input of ['{"a":1}', '{"b":2}']) {
        execFileSync('sh', ['-c', line], {
          input,
          env: { ...process.env, PARALLEL_GROUPS_HOOKS: file },
        });
      }
      assert.equal(readFileSync(file, 'utf8'), '{"a":1}\n{"b":2}\n');
    } finally {
      removeDirectory(folder);
    }
  });
});
