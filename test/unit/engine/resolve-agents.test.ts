import assert from 'node:assert/strict';
import type { CustomAgent } from '../../../src/coordinator/config.ts';
import { programFinder, resolveAgents } from '../../../src/engine/resolve-agents.ts';
import { configOf } from '../../support/config.ts';
import { makeTask, type TaskFacts } from '../../support/make-task.ts';

const custom = (program: string, changes: Partial<CustomAgent> = {}): CustomAgent => ({
  command: [program, '--file', '{promptFile}'],
  events: 'none',
  stdin: 'prompt',
  env: {},
  ...changes,
});

/** Everything is installed but what is called `missing`. */
const find = (name: string): Promise<string | null> =>
  Promise.resolve(name === 'missing' ? null : `/bin/${name}`);

const agents = {
  codex: custom('codex', { timeoutSeconds: 1.5, maxRetries: 5, env: { A: '1' } }),
  gone: custom('missing'),
};

async function resolve(facts: TaskFacts, changes = {}): ReturnType<typeof resolveAgents> {
  return resolveAgents(makeTask('T1', facts), 'coder', configOf({ agents, ...changes }), find);
}

async function namesOf(facts: TaskFacts, changes = {}): Promise<string[]> {
  const resolved = await resolve(facts, changes);
  return resolved.agents.map(({ agent, subagent }) => `${agent} as ${subagent}`);
}

describe('the agents of a task', () => {
  it('are its own command alone where it has one: a shell line, not retried, without a prompt', async () => {
    const { agents: found, refusal } = await resolve({
      run: 'npm test',
      fallbackAgents: ['codex'],
    });
    assert.equal(refusal, null);
    assert.equal(found.length, 1);
    const [run] = found;
    assert.deepEqual(run?.command, { kind: 'shell', line: 'npm test' });
    assert.deepEqual([run.agent, run.maxRetries, run.stdin], ['run', 0, 'closed']);
    assert.equal(run.expectsChanges, false);
  });

  it('begin with the agent of its subagent, else with the one that is configured', async () => {
    assert.deepEqual(await namesOf({}), ['claude as coder']);
    assert.deepEqual(await namesOf({}, { agent: 'codex' }), ['codex as coder']);
    const subagents = { coder: { agent: 'codex' } };
    assert.deepEqual(await namesOf({}, { subagents }), ['codex as coder']);
  });

  it('go on with its fallbacks in order, agents or subagents, each once', async () => {
    const fallbackAgents = ['reviewer', 'codex', 'claude', 'reviewer', 'codex'];
    const subagents = { reviewer: { agent: 'codex' } };
    assert.deepEqual(await namesOf({ fallbackAgents }, { subagents }), [
      'claude as coder',
      'codex as reviewer',
      'codex as coder',
    ]);
  });

  it('leave out what is not installed, and say so', async () => {
    const { agents: found, warnings, refusal } = await resolve({ fallbackAgents: ['gone'] });
    assert.deepEqual(
      found.map(({ agent }) => agent),
      ['claude'],
    );
    assert.equal(refusal, null);
    assert.match(warnings.join(), /^T1: The program missing of agent gone was not found/);
  });

  it('are none where all are missing: the refusal names each', async () => {
    const { agents: found, refusal } = await resolve(
      { fallbackAgents: ['gone'] },
      { claudePath: 'missing' },
    );
    assert.deepEqual(found, []);
    assert.match(refusal ?? '', /Claude Code \(missing\) was not found.*agent gone was not found/);
  });

  it('are none where nobody defined them, also by a name that every object has', async () => {
    for (const agent of ['nobody', 'constructor']) {
      const { refusal } = await resolve({}, { agent });
      assert.match(refusal ?? '', new RegExp(`no agent called ${agent}`));
    }
  });

  it('take limits from themselves, then from the configuration, then from the defaults', async () => {
    const [own] = (await resolve({}, { agent: 'codex', maxRetries: 1, timeoutMs: 9 })).agents;
    assert.deepEqual([own?.timeoutMs, own?.maxRetries, own?.env], [1500, 5, { A: '1' }]);
    const [shared] = (await resolve({}, { maxRetries: 1, timeoutMs: 9 })).agents;
    assert.deepEqual([shared?.timeoutMs, shared?.maxRetries], [9, 1]);
    assert.equal((await resolve({})).agents[0]?.maxRetries, 2);
  });

  it('are told the model of their subagent, and whether files are to change', async () => {
    const subagents = { coder: { model: 'opus', expectsChanges: false } };
    const [claude] = (await resolve({}, { subagents })).agents;
    assert.ok(claude?.command.kind === 'argv');
    assert.deepEqual(claude.command.argv.slice(-2), ['--model', 'opus']);
    assert.equal(claude.expectsChanges, false);
  });

  it('are looked for once each, in the environment that was given', async () => {
    const finder = programFinder({ PATH: '' });
    assert.equal(await finder('node'), null);
    assert.equal(await finder(process.execPath), process.execPath);
  });
});
