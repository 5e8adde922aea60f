import assert from 'node:assert/strict';
import { type AgentFacts, noFacts } from '../../../../src/coordinator/agents/agent-state.ts';
import type { AgentEntry } from '../../../../src/coordinator/agents/entries.ts';
import { agentEntry, registryOf } from '../../../support/coordinator/agents.ts';

const NOW = 1000;
const signedOut = { notSignedIn: new Map([['a', { at: 5, message: 'Invalid key.' }]]) };
const failing = (until: number) => ({ breakers: new Map([['a', { until }]]) });
const running = (count: number) => ({ running: new Map([['a', count]]) });

/** What is known, how the agent is defined, and the state that it is in. */
const table: readonly (readonly [
  what: string,
  facts: Partial<AgentFacts>,
  entry: Partial<AgentEntry>,
  state: object,
])[] = [
  ['nothing is against it', {}, {}, { kind: 'available', running: 0, limit: null }],
  ['it has room', running(1), { maxConcurrent: 2 }, { kind: 'available', running: 1, limit: 2 }],
  ['it has no limit', running(9), {}, { kind: 'available', running: 9, limit: null }],
  ['it is at its limit', running(2), { maxConcurrent: 2 }, { kind: 'busy', running: 2, limit: 2 }],
  ['its program is missing', signedOut, { installed: false }, { kind: 'not_installed' }],
  ['others are allowed', { allowed: ['b'] }, {}, { kind: 'not_allowed' }],
  ['it is allowed', { allowed: ['a'] }, {}, { kind: 'available', running: 0, limit: null }],
  [
    'it is signed out',
    { ...signedOut, ...failing(2000) },
    {},
    { kind: 'not_signed_in', at: 5, message: 'Invalid key.' },
  ],
  ['it failed too often', failing(2000), {}, { kind: 'breaker_open', until: 2000 }],
  ['its time has come', failing(1000), {}, { kind: 'half_open' }],
];

describe('The state of an agent', () => {
  for (const [what, facts, entry, state] of table) {
    it(`is ${'kind' in state ? String(state.kind) : ''} where ${what}`, () => {
      const agent = agentEntry('a', entry);
      assert.deepEqual(registryOf([agent]).state(agent, { ...noFacts(NOW), ...facts }), state);
    });
  }

  it('is unregistered once it was taken out, whatever else is known', () => {
    const agent = agentEntry('a', { installed: false });
    const registry = registryOf([agent]);
    registry.unregister('a');
    assert.deepEqual(registry.state(agent, noFacts(NOW)), { kind: 'unregistered' });
  });
});
