import assert from 'node:assert/strict';
import { AGENTS } from '../../../../src/agents/registry.ts';
import type { CustomAgent } from '../../../../src/coordinator/schema/config.ts';
import { programFinder, resolveAgents } from '../../../../src/engine/agents/resolve-agents.ts';
import { BUILT_IN_AGENTS } from '../../../../src/shared/agent-ids.ts';
import { configOf } from '../../../support/config.ts';
import { makeTask, type TaskFacts } from '../../../support/make-task.ts';

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

  /** What the role says, who plays it, and what its plan then says of its tools: their names and whether they are enforced. */
  const restricted = [
    [{ tools: ['Read'] }, 'claude', ['Read'], true],
    [{ tools: ['view'] }, 'copilot', ['view'], true],
    [{ tools: ['read-only'] }, 'codex', ['read-only'], true],
    [{ tools: ['shell'] }, 'codex', ['shell'], false],
    [{ tools: ['read_file'] }, 'gemini', ['read_file'], false],
    [{ tools: ['read'] }, 'opencode', ['read'], false],
    [{ tools: ['Read'] }, 'mine', ['Read'], false],
    [{ written: { of: 'claude', tools: ['Read'] } }, 'copilot', ['Read'], false],
  ] as const;
  for (const [role, agent, names, enforced] of restricted) {
    it(`hold ${agent} to ${JSON.stringify(role)} ${enforced ? 'by its command line' : 'by the prompt alone'}`, async () => {
      const subagents = { coder: { ...role, agent } };
      const { agents: found } = await resolve({}, { subagents, agents: { mine: custom('mine') } });
      const [plan] = found;
      assert.deepEqual([plan?.tools?.names, plan?.tools?.enforced], [names, enforced]);
    });
  }

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
    assert.match(claude.command.argv.join(' '), / --model opus --session-id \{session\}$/);
    assert.equal(claude.expectsChanges, false);
  });

  it('are the five that are built in, by their names, each started with its own command line', async () => {
    const paths = { agentPaths: { codex: '/opt/codex' } };
    for (const agent of BUILT_IN_AGENTS) {
      const [plan] = (await resolve({}, { agents: {}, agent, ...paths })).agents;
      const profile = AGENTS[agent];
      const path = agent === 'codex' ? '/bin//opt/codex' : `/bin/${agent}`;
      const usageFile = '{attemptDir}/usage.json';
      const argv = (more: { sessionId: string } | { resume: string }) => ({
        kind: 'argv',
        argv: profile.headless({ path, usageFile, ...more }),
      });
      assert.deepEqual(
        [plan?.adapter, plan?.stdin, plan?.env, plan?.provider],
        [agent, profile.stdin, { ...profile.env }, profile.provider],
      );
      assert.deepEqual(plan?.command, argv({ sessionId: '{session}' }));
      assert.deepEqual(plan.resume, argv({ resume: '{session}' }));
    }
  });

  it('go on from one built-in agent to the next where a program is missing', async () => {
    const fallbackAgents = ['codex', 'gemini', 'opencode', 'copilot'];
    const agentPaths = { codex: 'missing', opencode: 'missing' };
    const found = await resolve({ fallbackAgents }, { agents: {}, agentPaths });
    assert.deepEqual(
      found.agents.map(({ agent }) => agent),
      ['claude', 'gemini', 'copilot'],
    );
    assert.match(found.warnings.join('\n'), /T1: Codex \(missing\) was not found\. Install it/);
  });

  it('share the window of the provider that their model is of', async () => {
    const subagents = { coder: { agent: 'opencode', model: 'anthropic/claude-opus-4' } };
    assert.equal((await resolve({}, { subagents })).agents[0]?.provider, 'anthropic');
    const events = { mine: custom('mine', { events: 'codex' }) };
    const [mine] = (await resolve({}, { agents: events, agent: 'mine' })).agents;
    assert.equal(mine?.provider, 'openai');
  });

  it('are told what is left of the budget where there is one and they take it', async () => {
    const policies = {
      budget: { maxCostUsd: 5, maxTokens: null },
      allowedAgents: null,
      approval: 'never',
    };
    for (const [agent, takes] of [
      ['claude', true],
      ['gemini', false],
    ] as const) {
      const [plan] = (await resolve({}, { agent, policies })).agents;
      assert.ok(plan?.command.kind === 'argv');
      assert.equal(plan.command.argv.join(' ').includes('--max-budget-usd {budgetUsd}'), takes);
    }
  });

  it('have the price of their model, else their own, from the table before their definition', async () => {
    const cheap = { inputPerMTok: 1, outputPerMTok: 2 };
    const dear = { inputPerMTok: 10, outputPerMTok: 20 };
    const prices = { codex: { ...cheap, models: { 'gpt-9': dear } }, gemini: { models: {} } };
    const price = async (agent: string, model?: string) => {
      const subagents = { coder: model === undefined ? {} : { model } };
      const agents = { own: custom('own', { price: dear }) };
      return (await resolve({}, { agents, agent, subagents, prices })).agents[0]?.price;
    };
    assert.deepEqual(await price('codex'), cheap);
    assert.deepEqual(await price('codex', 'gpt-9'), dear);
    assert.deepEqual(await price('codex', 'gpt-1'), cheap);
    assert.equal(await price('gemini'), null);
    assert.deepEqual(await price('own'), dear);
  });

  it('are looked for once each, in the environment that was given', async () => {
    const finder = programFinder({ PATH: '' });
    assert.equal(await finder('node'), null);
    assert.equal(await finder(process.execPath), process.execPath);
  });
});
