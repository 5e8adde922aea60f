import { strict as assert } from 'node:assert';
import type { ProcessEnd } from '../../../src/agents/contract/adapter.ts';
import { createAdapter } from '../../../src/agents/registry.ts';

const end = (changes: Partial<ProcessEnd>): ProcessEnd => ({
  exitCode: 0,
  signal: null,
  stopped: null,
  spawnError: null,
  lastLine: '',
  at: 0,
  ...changes,
});

async function failureOf(changes: Partial<ProcessEnd>): Promise<string> {
  const { failure } = (await createAdapter('none', '/project')).finish(end(changes));
  return failure === null ? 'none' : `${failure.reason}: ${failure.message}`;
}

describe('a command without an event stream', () => {
  it('succeeds by exit code 0 alone, and has no last word', async () => {
    const verdict = (await createAdapter('none', '/project')).finish(end({}));
    assert.equal(verdict.failure, null);
    assert.equal(verdict.lastWord, null);
  });

  it('fails by any other code, with its last line on one line and without colours', async () => {
    const colour = `${String.fromCharCode(27)}[31m`;
    const words = await failureOf({ exitCode: 2, lastLine: `${colour}error:\tno such file` });
    assert.equal(words, 'exit: It ended with exit code 2. Its last line: error: no such file');
    assert.match(await failureOf({ exitCode: 127 }), /not found/);
    assert.match(await failureOf({ exitCode: 126 }), /could not be executed/);
  });

  it('fails by a signal, though a killed process may show code 0 elsewhere', async () => {
    assert.match(await failureOf({ exitCode: null, signal: 'SIGKILL' }), /^signal: .*SIGKILL/);
  });

  it('fails for the reason for which it was stopped, not for how it took that', async () => {
    const stopped = { reason: 'timeout', limitMs: 1000 } as const;
    assert.match(await failureOf({ stopped, exitCode: 0 }), /^timeout: .*1 second /);
    const cancelled = { reason: 'cancelled' } as const;
    assert.match(await failureOf({ stopped: cancelled, exitCode: 0 }), /^cancelled/);
  });

  it('that could not be started says why', async () => {
    const words = await failureOf({ exitCode: null, spawnError: '`x` was not found' });
    assert.equal(words, 'not_started: The program could not be started: `x` was not found.');
  });

  it('does what its newest line says, cut to a readable length', async () => {
    const adapter = await createAdapter('none', '/project');
    assert.deepEqual(adapter.accept('  compiling   a.ts ', 0), [
      { type: 'step', kind: 'says', text: 'compiling a.ts' },
    ]);
    assert.deepEqual(adapter.accept('   ', 0), []);
    const [long] = adapter.accept('😀'.repeat(1000), 0);
    const text = long?.type === 'step' ? long.text : '';
    assert.ok(text.length <= 300 && text.endsWith('😀…'), text);
  });
});
