import { strict as assert } from 'node:assert';
import { RECORDED_CWD, recording, understandAs, words } from '../../../support/agent-stream.ts';

const init = { type: 'init', session_id: 's-1', model: 'auto' };
const says = (content: string): object => ({
  type: 'message',
  role: 'assistant',
  content,
  delta: true,
});
const use = (tool_id: string, tool_name: string, parameters: object): object => ({
  type: 'tool_use',
  tool_name,
  tool_id,
  parameters,
});
const answer = (tool_id: string, error?: object): object => ({
  type: 'tool_result',
  tool_id,
  status: error === undefined ? 'success' : 'error',
  error,
});
const stats = { total_tokens: 380, input_tokens: 310, output_tokens: 60 };
const result = (fields: object = {}): object => ({
  type: 'result',
  status: 'success',
  stats,
  ...fields,
});
const bad = (message: string, type = 'unknown'): object =>
  result({ status: 'error', error: { type, message } });

describe('Gemini CLI’s event stream', () => {
  for (const [name, reason, edits, lastWord] of [
    ['ok', null, ['a.txt'], true],
    ['failing-tool', null, [], true],
    ['resume', null, ['a.txt'], true],
    ['denied', 'denied', [], true],
    ['401', 'authentication', [], false],
    ['429', 'throttled', [], false],
    ['dropped', 'dropped', ['a.txt'], false],
    ['cancel', 'protocol', ['a.txt'], false],
  ] as const) {
    it(`recorded as "${name}" is ${reason ?? 'a success'}`, async () => {
      const { lines, end } = recording('gemini', name);
      const options = { cwd: RECORDED_CWD };
      const { verdict, unknown } = await understandAs('gemini', lines, end, options);
      assert.equal(verdict.failure?.reason ?? null, reason);
      assert.equal(verdict.lastWord, lastWord);
      assert.deepEqual(verdict.edits, edits);
      assert.ok(verdict.sessionId);
      assert.equal(unknown, 0);
    });
  }

  it('tells session, steps and usage, thoughts as output', async () => {
    const { events, verdict } = await understandAs('gemini', [
      init,
      { type: 'message', role: 'user', content: 'the prompt' },
      use('1', 'read_file', { file_path: '/project/a.ts' }),
      answer('1'),
      use('2', 'replace', { file_path: '/project/a.ts', old_string: 'a', new_string: 'b\nc' }),
      answer('2'),
      use('3', 'write_file', { file_path: '/project/b.ts', content: 'b\n' }),
      answer('3', { type: 'file_write_failure', message: 'No room.' }),
      use('4', 'run_shell_command', { command: 'npm test' }),
      answer('4'),
      use('5', 'glob', { pattern: '**/*.ts' }),
      use('6', 'google_web_search', { query: 'zod' }),
      says('All done.'),
      result(),
    ]);
    assert.deepEqual(events[0], { type: 'session', id: 's-1' });
    assert.deepEqual(words(events), [
      'read: a.ts',
      'edit: a.ts +2 −1',
      'edit: b.ts +1',
      'warns: No room.',
      'run: npm test',
      'read: files matching **/*.ts',
      'tool: google_web_search zod',
      'says: All done.',
    ]);
    const usage = { inputTokens: 310, outputTokens: 70, costUsd: null };
    assert.deepEqual(events.at(-1), { type: 'usage', usage });
    assert.deepEqual(
      [verdict.failure, verdict.summary, verdict.sessionId, verdict.usage, verdict.edits],
      [null, 'All done.', 's-1', usage, ['a.ts']],
    );
  });

  it('is put together of its parts, and shown by whole lines', async () => {
    const parts = ['I add', ' the endpoint', '.\nThen I', ' test it.'].map(says);
    const { events, verdict } = await understandAs('gemini', [...parts, result()]);
    assert.deepEqual(words(events), ['says: I add the endpoint.', 'says: Then I test it.']);
    assert.equal(verdict.summary, 'I add the endpoint.\nThen I test it.');
  });

  it('with a denial is no success', async () => {
    const denial = { type: 'policy_violation', message: 'Tool execution denied by policy.' };
    const { verdict } = await understandAs('gemini', [
      use('1', 'run_shell_command', { command: 'rm -rf /' }),
      answer('1', denial),
      use('2', 'run_shell_command', { command: 'ls' }),
      answer('2', { message: '"Shell" requires user confirmation, which is not supported' }),
      result(),
    ]);
    assert.equal(verdict.failure?.reason, 'denied');
    assert.deepEqual(verdict.denials, ['run_shell_command: rm -rf /', 'run_shell_command: ls']);
  });

  it('that called a tool off, and calls that a success, did not change its file', async () => {
    const called = { ...answer('1'), error: { message: 'Cancelled.' } };
    const write = use('1', 'write_file', { file_path: '/project/b.ts', content: '' });
    const { verdict } = await understandAs('gemini', [write, called, result()]);
    assert.deepEqual(verdict.edits, []);
  });

  for (const [exitCode, said, reason] of [
    [173, '[API Error: Quota]', 'throttled'],
    [145, '[API Error: bad key]', 'authentication'],
    [147, '[API Error: forbidden]', 'authentication'],
    [144, '[API Error: API key not valid. Please pass a valid API key.]', 'authentication'],
    [144, '[API Error: no such model]', 'invalid'],
    [244, '[API Error: oops]', 'dropped'],
    [247, '[API Error: busy]', 'dropped'],
    [1, '[API Error: fetch failed]', 'dropped'],
    [1, '[API Error: {"error":{"code":429,"message":"x"}}]', 'throttled'],
    [1, 'The model returned nothing.', 'protocol'],
    [41, 'Please set an Auth method', 'authentication'],
    [42, 'No input', 'invalid'],
    [52, 'Bad settings', 'invalid'],
    [53, 'Reached max session turns', 'invalid'],
    [54, 'Error executing tool', 'protocol'],
  ] as const) {
    it(`that says "${said}" and exits with ${exitCode} failed as ${reason}`, async () => {
      const { verdict } = await understandAs('gemini', [init, bad(said)], { exitCode });
      assert.equal(verdict.failure?.reason, reason);
      assert.ok(verdict.failure.remedy);
      assert.equal(verdict.lastWord, false);
      // Where it could not even say that, its exit code still tells.
      if (exitCode === 1 || said.includes('API key')) {
        return;
      }
      const silent = await understandAs('gemini', [init], { exitCode });
      assert.equal(silent.verdict.failure?.reason, reason);
    });
  }

  it('with exit code 0 is no success without a good result', async () => {
    const silent = await understandAs('gemini', [init, says('Done.')]);
    assert.equal(silent.verdict.failure?.reason, 'protocol');
    const cancelled = bad('Operation cancelled.', 'FatalCancellationError');
    const { failure } = (await understandAs('gemini', [init, cancelled])).verdict;
    assert.match(failure?.message ?? '', /interrupted/);
  });

  it('that ran out of turns is no success, though it calls itself one', async () => {
    const turns = { type: 'error', severity: 'error', message: 'Maximum session turns exceeded' };
    const { verdict, events } = await understandAs('gemini', [init, turns, result()]);
    assert.equal(verdict.failure?.reason, 'invalid');
    assert.deepEqual(words(events), ['warns: Maximum session turns exceeded']);
  });

  it('tells of throttling while the agent waits by itself', async () => {
    const wait = { type: 'error', severity: 'error', message: 'Quota exceeded, trying another.' };
    const { events, verdict } = await understandAs('gemini', [wait, result()]);
    assert.deepEqual(words(events), ['throttled: Quota exceeded, trying another.']);
    assert.equal(verdict.failure, null);
  });
});
