import assert from 'node:assert/strict';
import { type AgentFacts, noFacts } from '../../../../src/coordinator/agents/agent-state.ts';
import { type Dispatch, dispatch } from '../../../../src/coordinator/agents/dispatch.ts';
import type { AgentCatalog } from '../../../../src/coordinator/agents/registry.ts';
import { agentEntry, registryOf, subagentEntry } from '../../../support/coordinator/agents.ts';
import { makeTask, type TaskFacts } from '../../../support/make-task.ts';

const NOW = 1000;

/** Two agents, of which the first is the default one; a coder and a critic, who has the second. */
function usual(): AgentCatalog {
  return registryOf(
    [agentEntry('first'), agentEntry('second', { maxConcurrent: 1 })],
    [subagentEntry('coder'), subagentEntry('critic', { type: 'review', agent: 'second' })],
  );
}

function dispatched(
  task: TaskFacts,
  facts: Partial<AgentFacts> = {},
  registry: AgentCatalog = usual(),
): Dispatch {
  const made = makeTask('T1', task);
  return dispatch(made, made.subagent ?? 'coder', registry, { ...noFacts(NOW), ...facts });
}

/** `agent as subagent`, or the code of the refusal. */
function given(...asked: Parameters<typeof dispatched>): readonly string[] | string {
  const found = dispatched(...asked);
  return found.kind === 'rejected'
    ? found.code
    : found.choices.map(({ agent, subagent }) => `${agent} as ${subagent}`);
}

const out = (id: string) => ({ notSignedIn: new Map([[id, { at: 1, message: 'No key.' }]]) });
const open = (id: string, until = 5000) => ({ breakers: new Map([[id, { until }]]) });

/** A task, what is known, and who gets it or why nobody does. */
const table: readonly (readonly [
  string,
  TaskFacts,
  Partial<AgentFacts>,
  readonly string[] | string,
])[] = [
  ['the agent of its subagent', { subagent: 'critic' }, {}, ['second as critic']],
  ['the default agent where its subagent names none', {}, {}, ['first as coder']],
  ['an agent that it names itself', { subagent: 'second' }, {}, ['second as second']],
  [
    'the first subagent of the kind of work that it names',
    { subagent: 'review' },
    {},
    ['second as critic'],
  ],
  [
    'its fallbacks after that, each once',
    { fallbackAgents: ['critic', 'second', 'first', 'critic'] },
    {},
    ['first as coder', 'second as critic', 'second as coder'],
  ],
  [
    'its fallback, where the first is not signed in',
    { fallbackAgents: ['second'] },
    out('first'),
    ['second as coder'],
  ],
  [
    'its fallback, where nobody knows the first',
    { subagent: 'codr', fallbackAgents: ['second'] },
    {},
    ['second as codr'],
  ],
  [
    'one whose breaker is open only after the others',
    { fallbackAgents: ['second'] },
    open('first'),
    ['second as coder', 'first as coder'],
  ],
  ['one whose breaker may be tried again', {}, open('first', NOW), ['first as coder']],
  [
    'a busy one: it waits',
    { subagent: 'critic' },
    { running: new Map([['second', 1]]) },
    ['second as critic'],
  ],
  ['nobody, as nobody is called so', { subagent: 'codr' }, {}, 'NO_AGENT_TYPE'],
  ['nobody, as nobody does that kind of work', { subagent: 'deploying' }, {}, 'NO_AGENT_TYPE'],
  ['nobody, by a name that every object has', { subagent: 'constructor' }, {}, 'NO_AGENT_TYPE'],
  ['nobody, as none is signed in', {}, out('first'), 'NO_AVAILABLE_AGENT'],
  ['nobody, as its only breaker is open', {}, open('first'), 'NO_AVAILABLE_AGENT'],
  [
    'nobody, as its fallbacks are closed too',
    { subagent: 'critic', fallbackAgents: ['first'] },
    { ...out('second'), ...open('first') },
    'NO_AVAILABLE_AGENT',
  ],
  [
    'nobody, as the policy allows none of them',
    { fallbackAgents: ['second'] },
    { allowed: ['third'] },
    'POLICY_VIOLATION',
  ],
  [
    'the one that the policy allows',
    { fallbackAgents: ['second'] },
    { allowed: ['second'] },
    ['second as coder'],
  ],
];

/** What is wrong with a task, and words of what is said. */
const invalid: readonly (readonly [string, TaskFacts, RegExp])[] = [
  ['without a title', { title: ' ' }, /no title/],
  ['with an empty command', { run: ' ' }, /run: is empty/],
  ['of a priority that there is not', { priority: 7 }, /priority 7/],
  ['of half a priority', { priority: 1.5 }, /priority 1\.5/],
  ['with a nameless subagent', { subagent: '' }, /without a name/],
  ['with a nameless fallback', { fallbackAgents: ['second', ' '] }, /without a name/],
];

const BUILT_IN = {
  install: 'npm i it',
  tested: { oldest: '1.0.0', newest: '1.0.0' },
  untested: null,
  signIn: { seen: null, how: 'Run it and sign in.' },
};

describe('Dispatch', () => {
  for (const [who, task, facts, expected] of table) {
    it(`task dispatch: gives a task to ${who}`, () => {
      assert.deepEqual(given(task, facts), expected);
    });
  }

  it('task dispatch: refuses a task for an agent that is not installed, and says what to do', () => {
    const registry = registryOf([
      agentEntry('claude', { title: 'Claude Code', installed: false, builtIn: BUILT_IN }),
    ]);
    const found = dispatched({}, {}, registry);
    assert.ok(found.kind === 'rejected');
    assert.equal(found.code, 'NO_AVAILABLE_AGENT');
    assert.match(
      found.message,
      /Claude Code \(claude\) was not found\. Install it with `npm i it`/,
    );
  });

  it('task dispatch: says how to sign in to an agent that is built in', () => {
    const registry = registryOf([agentEntry('claude', { builtIn: BUILT_IN })]);
    const found = dispatched({}, out('claude'), registry);
    assert.ok(found.kind === 'rejected');
    assert.match(found.message, /was not signed in: No key\. Run it and sign in\. Then retry/);
  });

  it('task dispatch: refuses a task for an agent that was unregistered', () => {
    const registry = usual();
    registry.unregister('second');
    assert.equal(given({ subagent: 'critic' }, {}, registry), 'NO_AGENT_TYPE');
  });

  it('task dispatch: asks nobody where the task is a command', () => {
    const found = dispatched({ run: 'npm test', subagent: 'nobody' }, { allowed: [] });
    assert.deepEqual(found, { kind: 'assigned', subagent: 'nobody', choices: [], passedOver: [] });
  });

  it('task dispatch: says of each that is passed over why', () => {
    const found = dispatched({ fallbackAgents: ['second', 'nobody'] }, out('first'));
    assert.ok(found.kind === 'assigned');
    assert.match(found.passedOver[0] ?? '', /first was not signed in: No key\./);
    assert.match(found.passedOver[1] ?? '', /no agent or subagent called nobody/);
  });

  for (const [what, task, words] of invalid) {
    it(`validation: refuses a task ${what}`, () => {
      const found = dispatched(task);
      assert.ok(found.kind === 'rejected');
      assert.equal(found.code, 'TASK_VALIDATION_FAILED');
      assert.match(found.message, words);
    });
  }
});
