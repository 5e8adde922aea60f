import { strict as assert } from 'node:assert';
import { RECORDED_CWD, recording, understandAs, words } from '../../../support/agent-stream.ts';

const started = { type: 'thread.started', thread_id: 't-1' };
const completed = (usage: object | null = { input_tokens: 210, output_tokens: 40 }): object => ({
  type: 'turn.completed',
  usage,
});
const item = (type: string, fields: object, when = 'completed'): object => ({
  type: `item.${when}`,
  item: { id: 'i', type, ...fields },
});
const error = (message: string): object => ({ type: 'error', message });
const failed = (message: string): object => ({ type: 'turn.failed', error: { message } });

describe('Codex’s event stream', () => {
  for (const [name, reason, edits] of [
    ['ok', null, ['a.txt']],
    ['failing-tool', null, []],
    ['resume', null, ['a.txt']],
    ['401', 'authentication', []],
    ['429', 'throttled', []],
    ['dropped', 'dropped', ['a.txt']],
    ['cancel', 'exit', ['a.txt']],
  ] as const) {
    it(`recorded as "${name}" is ${reason ?? 'a success'}`, async () => {
      const { lines, end } = recording('codex', name);
      const options = { cwd: RECORDED_CWD };
      const { verdict, unknown } = await understandAs('codex', lines, end, options);
      assert.equal(verdict.failure?.reason ?? null, reason);
      assert.equal(verdict.lastWord, reason === null);
      assert.deepEqual(verdict.edits, edits);
      assert.ok(verdict.sessionId);
      assert.equal(unknown, 0);
    });
  }

  it('tells session, steps and usage', async () => {
    const command = { command: "/bin/bash -lc 'npm test'" };
    const { events, verdict } = await understandAs('codex', [
      started,
      { type: 'turn.started' },
      item('reasoning', { text: 'Let me see.' }),
      item('command_execution', { ...command, status: 'in_progress' }, 'started'),
      item('command_execution', {
        ...command,
        status: 'failed',
        exit_code: 1,
        aggregated_output: 'a\nbad thing\n',
      }),
      item('file_change', { changes: [{ path: '/project/a.ts', kind: 'add' }] }, 'started'),
      item('file_change', {
        changes: [{ path: '/project/a.ts', kind: 'add' }],
        status: 'completed',
      }),
      item('mcp_tool_call', { server: 'board', tool: 'post', status: 'in_progress' }, 'started'),
      item('mcp_tool_call', { status: 'failed', error: { message: 'no board' } }),
      item('web_search', { query: 'zod' }, 'started'),
      item('todo_list', { items: [] }, 'updated'),
      item('error', { message: 'Slow today.' }),
      item('agent_message', { text: 'All done.' }),
      completed(),
    ]);
    assert.deepEqual(events[0], { type: 'session', id: 't-1' });
    assert.deepEqual(words(events), [
      'thinks: Let me see.',
      'run: npm test',
      'warns: exit code 1 bad thing',
      'edit: a.ts new',
      'tool: board.post',
      'warns: no board',
      'tool: search zod',
      'warns: Slow today.',
      'says: All done.',
    ]);
    const usage = { inputTokens: 210, outputTokens: 40, costUsd: null };
    assert.deepEqual(events.at(-1), { type: 'usage', usage });
    assert.deepEqual(
      [verdict.failure, verdict.summary, verdict.sessionId, verdict.usage, verdict.edits],
      [null, 'All done.', 't-1', usage, ['a.ts']],
    );
  });

  it('of an older version tells of changed files only once they are changed', async () => {
    const changes = [{ path: '/project/a.ts', kind: 'update' }];
    const { events } = await understandAs('codex', [item('file_change', { changes })]);
    assert.deepEqual(events, [{ type: 'step', kind: 'edit', text: 'a.ts', file: 'a.ts' }]);
  });

  it('of a resumed session reports only new usage, as the figures of Codex continue', async () => {
    const baseline = { inputTokens: 330, outputTokens: 60, costUsd: null };
    const last = completed({ input_tokens: 430, output_tokens: 80 });
    const { verdict } = await understandAs('codex', [started, last], {}, { baseline });
    assert.deepEqual(verdict.usage, { inputTokens: 100, outputTokens: 20, costUsd: null });
  });

  it('with something declined is no success, and a file that could not be changed is none', async () => {
    const { verdict, events } = await understandAs('codex', [
      item('command_execution', { command: 'bash -lc "rm -rf /"', status: 'declined' }),
      item('file_change', { id: 'j', changes: [{ path: 'b.ts' }], status: 'failed' }),
      item('file_change', { id: 'k', changes: [{ path: '.env' }], status: 'declined' }),
      completed(),
    ]);
    assert.deepEqual(verdict.denials, ['command: rm -rf /', 'file_change: .env']);
    assert.equal(verdict.failure?.reason, 'denied');
    assert.deepEqual(verdict.edits, []);
    assert.ok(words(events).includes('warns: could not change b.ts'));
  });

  it('that goes on after a lost connection is a success, and tells of it', async () => {
    const { verdict, events } = await understandAs('codex', [
      error('Reconnecting... 1/5 (unexpected status 429 Too Many Requests)'),
      error('Reconnecting... 2/5 (stream disconnected)'),
      item('agent_message', { text: 'Done.' }),
      completed(),
    ]);
    assert.equal(verdict.failure, null);
    assert.deepEqual(
      events.map((event) => event.type),
      ['throttled', 'step', 'step', 'usage'],
    );
  });

  for (const [said, reason] of [
    ['unexpected status 401 Unauthorized: bad key, url: http://x', 'authentication'],
    ['unexpected status 403 Forbidden', 'authentication'],
    ['exceeded retry limit, last status: 429 Too Many Requests', 'throttled'],
    ['You’ve hit your usage limit.', 'throttled'],
    ['unexpected status 400 Bad Request: no such model', 'invalid'],
    ['unexpected status 500 Internal Server Error', 'dropped'],
    ['stream disconnected before completion', 'dropped'],
  ] as const) {
    it(`that ends with "${said}" failed as ${reason}`, async () => {
      const lines = [started, { type: 'turn.started' }, failed(said)];
      const { verdict } = await understandAs('codex', lines, { exitCode: 1 });
      assert.equal(verdict.failure?.reason, reason);
      assert.equal(verdict.lastWord, false);
    });
  }

  it('tells how long to wait where the provider says it', async () => {
    for (const [wait, ms] of [
      ['Please try again in 1.5s.', 1500],
      ['Please try again in 20 seconds.', 20_000],
      ['Retry after 250ms', 250],
      ['Try again in 2 days 3 hours, 10 minutes.', (51 * 60 + 10) * 60_000],
      ['Try again at noon.', undefined],
    ] as const) {
      const lines = [failed(`Usage limit reached. ${wait}`)];
      const { failure } = (await understandAs('codex', lines, { exitCode: 1 })).verdict;
      assert.equal(failure?.reason === 'throttled' && failure.retryAfterMs, ms);
    }
  });

  it('is judged by its last turn', async () => {
    const turn = { type: 'turn.started' };
    const broken = await understandAs('codex', [turn, completed(), turn, failed('x')]);
    assert.equal(broken.verdict.lastWord, false);
    const open = await understandAs('codex', [turn, completed(), turn]);
    assert.equal(open.verdict.failure?.reason, 'protocol');
  });

  it('of items that are not known warns once, by their name', async () => {
    const lines = [
      item('hologram', {}),
      item('hologram', {}),
      { type: 'turn.paused' },
      completed(),
    ];
    const { events, unknown, verdict } = await understandAs('codex', lines);
    assert.deepEqual(words(events), [
      'warns: Ignored an unknown Codex event: “item.completed hologram”.',
    ]);
    assert.deepEqual([unknown, verdict.failure], [3, null]);
  });
});
