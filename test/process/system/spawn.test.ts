import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { cleanedEnvironment, resolveCommand, spawnCommand } from '../../../src/system/spawn.ts';
import { skip } from '../../support/skip.ts';

describe('starting a command', () => {
  it('hands an argv over as it is', () => {
    const argv = ['tool', '$(x)', '', '--', 'a b'];
    assert.deepEqual(resolveCommand({ kind: 'argv', argv }, 'linux'), {
      file: 'tool',
      args: ['$(x)', '', '--', 'a b'],
      verbatim: false,
    });
  });

  it('gives a line to the platform’s shell, as an npm script', () => {
    const command = { kind: 'shell', line: 'npm test -- "a b"' } as const;
    assert.deepEqual(resolveCommand(command, 'linux').args, ['-c', 'npm test -- "a b"']);
    const windows = resolveCommand(command, 'win32');
    assert.deepEqual(windows.args, ['/d', '/s', '/c', '"npm test -- "a b""']);
    assert.equal(windows.verbatim, true);
  });

  it('fails with a value on what cannot even be tried', async () => {
    const command = { kind: 'argv' as const, argv: ['tool', 'a\0b'] };
    const started = await spawnCommand(command, { cwd: '/', env: {}, stdio: 'ignore' });
    assert.match(started.ok ? '' : started.failure.message, /null bytes/);
  });

  it('makes it the leader of a process group of its own', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no process groups');
    }
    const command = { kind: 'shell' as const, line: 'kill -TERM 0; sleep 60' };
    const started = await spawnCommand(command, { cwd: '/', env: {}, stdio: 'ignore' });
    assert.ok(started.ok);
    assert.deepEqual(await once(started.value, 'exit'), [null, 'SIGTERM']);
  });

  it('takes out of the environment what only concerns VS Code, and keeps the rest', () => {
    const from = { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1', VSCODE_PID: '1', vscode_x: '', A: 'b' };
    assert.deepEqual(cleanedEnvironment(from, { A: 'c', VSCODE_ASKED: '1' }), {
      PATH: '/bin',
      A: 'c',
      VSCODE_ASKED: '1',
    });
  });
});
