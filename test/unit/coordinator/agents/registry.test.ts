import assert from 'node:assert/strict';
import { noFacts } from '../../../../src/coordinator/agents/agent-state.ts';
import { AgentCatalog } from '../../../../src/coordinator/agents/registry.ts';
import { agentEntry, registryOf, subagentEntry } from '../../../support/coordinator/agents.ts';

const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

describe('The registry of agents', () => {
  it('registration: takes an agent, which is then registered', () => {
    const registry = new AgentCatalog('claude');
    assert.deepEqual(registry.register(agentEntry('claude')), { ok: true, value: null });
    assert.equal(registry.get('claude')?.id, 'claude');
  });

  it('registration: refuses a duplicate id', () => {
    const registry = registryOf([agentEntry('mine')]);
    const again = registry.register(agentEntry('mine', { program: 'another' }));
    assert.ok(!again.ok);
    assert.equal(again.failure.code, 'AGENT_ALREADY_REGISTERED');
    assert.match(again.failure.message, /mine is already registered in parallel-groups\.json/);
    assert.equal(registry.get('mine')?.program, 'mine');
    assert.equal(registry.count, 1);
  });

  it('registration: refuses a duplicate subagent too', () => {
    const registry = registryOf([], [subagentEntry('writer')]);
    const again = registry.registerSubagent(subagentEntry('writer'));
    assert.equal(again.ok ? null : again.failure.code, 'AGENT_ALREADY_REGISTERED');
  });

  it('registration: takes several agents, in the order in which they come', () => {
    const registry = registryOf([agentEntry('b'), agentEntry('a'), agentEntry('c')]);
    assert.deepEqual(ids(registry.list()), ['b', 'a', 'c']);
    assert.equal(registry.count, 3);
  });

  it('registration: unregisters an agent, once, and takes it again', () => {
    const registry = registryOf([agentEntry('a'), agentEntry('b')]);
    assert.equal(registry.unregister('a'), true);
    assert.equal(registry.get('a'), undefined);
    assert.deepEqual([ids(registry.list()), registry.count], [['b'], 1]);
    assert.equal(registry.unregister('a'), false);
    assert.equal(registry.unregister('nobody'), false);
    assert.equal(registry.registerAgain('a'), true);
    assert.equal(registry.count, 2);
  });

  it('registration: lets the stronger layer count, whichever comes first, and says so', () => {
    const weak = agentEntry('claude', { layer: 'discovered' });
    const strong = agentEntry('claude', { layer: 'settings' });
    for (const order of [
      [weak, strong],
      [strong, weak],
    ]) {
      const registry = new AgentCatalog('claude');
      const [, second] = order.map((entry) => registry.register(entry));
      assert.equal(registry.get('claude')?.layer, 'settings');
      assert.equal(registry.count, 1);
      assert.deepEqual(second, {
        ok: true,
        value:
          'The agent claude of the settings overrides the one of what was found on this machine.',
      });
    }
  });

  it('queries: finds an agent by its id', () => {
    const registry = registryOf([agentEntry('a'), agentEntry('b', { title: 'Bee' })]);
    assert.equal(registry.get('b')?.title, 'Bee');
    assert.equal(registry.get('constructor'), undefined);
  });

  it('queries: finds subagents by the kind of work that they do', () => {
    const registry = registryOf(
      [agentEntry('a')],
      [
        subagentEntry('coder'),
        subagentEntry('critic', { type: 'review' }),
        subagentEntry('typist'),
      ],
    );
    assert.deepEqual(ids(registry.byType('coding')), ['coder', 'typist']);
    assert.deepEqual(ids(registry.byType('review')), ['critic']);
    assert.deepEqual(registry.byType('monitor'), []);
  });

  it('queries: finds the agents that are available, also for one kind of work', () => {
    const registry = registryOf(
      [
        agentEntry('a'),
        agentEntry('b', { maxConcurrent: 1 }),
        agentEntry('c', { installed: false }),
      ],
      [subagentEntry('coder'), subagentEntry('critic', { type: 'review', agent: 'b' })],
    );
    const idle = noFacts(0);
    assert.deepEqual(ids(registry.available(idle)), ['a', 'b']);
    assert.deepEqual(ids(registry.available(idle, 'review')), ['b']);
    assert.deepEqual(ids(registry.available(idle, 'coding')), ['a']);
    const busy = { ...idle, running: new Map([['b', 1]]) };
    assert.deepEqual(ids(registry.available(busy)), ['a']);
    registry.unregister('a');
    assert.deepEqual(registry.available(busy), []);
  });

  it('queries: lists all that are registered, and also knows those that were taken out', () => {
    const registry = registryOf([agentEntry('a'), agentEntry('b')]);
    registry.unregister('b');
    assert.deepEqual(ids(registry.list()), ['a']);
    assert.deepEqual(ids(registry.known()), ['a', 'b']);
  });
});
