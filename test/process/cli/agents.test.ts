import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

const answer = z.object({
  agents: z.array(
    z.object({ id: z.string(), state: z.string(), running: z.number(), from: z.string() }),
  ),
  subagents: z.array(z.object({ name: z.string(), type: z.string(), agent: z.string() })),
});
const CONFIG = {
  agent: 'mine',
  agents: { mine: { command: [process.execPath, FAKE_AGENT], events: 'claude', maxRetries: 0 } },
  test: { command: ['true'] },
};

describe('parallel-groups agents', function () {
  this.timeout(120_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({
      'parallel-groups.json': JSON.stringify(CONFIG, undefined, 2),
      '.claude/agents/critic.md': '---\nname: critic\n---\nLook closely.\n',
      'tasks.md': '- [ ] T1 [P:Group-a] Wait\n  fake: init ; touch=started ; hang\n',
    });
  });
  afterEach(() => workspace.dispose());

  const list = async () => answer.parse((await workspace.json('agents')).json);
  const agent = async (id: string) => (await list()).agents.find((each) => each.id === id);

  it('lists agents and subagents, with their state and where they are from', async () => {
    const { agents, subagents } = await list();
    assert.deepEqual(
      agents.find(({ id }) => id === 'mine'),
      {
        id: 'mine',
        state: 'available',
        running: 0,
        from: 'parallel-groups.json',
      },
    );
    assert.ok(agents.some(({ id }) => id === 'claude'));
    assert.deepEqual(
      subagents.map(({ name, type }) => `${name}: ${type}`),
      [
        'backend-architect: coding',
        'frontend-developer: coding',
        'database-architect: coding',
        'test-automator: test',
        'security-auditor: review',
        'critic: coding',
      ],
    );
    const { stdout } = await workspace.run('agents');
    assert.match(stdout, /mine +available +parallel-groups\.json/);
    assert.match(stdout, /critic +coding +drafter +mine +\.claude\/agents\/critic\.md:1/);
  });

  it('registers an agent once, and unregisters it', async () => {
    const registered = await workspace.run('agents', 'register', 'other', '--', 'no-such-program');
    assert.equal(registered.exit, 0, registered.stderr);
    assert.equal((await agent('other'))?.state, 'not_installed');
    const again = await workspace.run('agents', 'register', '--json', 'other', '--', 'x');
    assert.equal(again.exit, 2);
    assert.match(again.stdout, /AGENT_ALREADY_REGISTERED/);
    assert.equal((await workspace.run('agents', 'unregister', 'other')).exit, 0);
    assert.equal(await agent('other'), undefined);
    assert.deepEqual(JSON.parse(workspace.read('parallel-groups.json')), CONFIG);
    assert.equal((await workspace.run('agents', 'unregister', 'other')).exit, 2);
  });

  it('keeps one of this machine unregistered until it is registered again', async () => {
    assert.equal((await workspace.run('agents', 'unregister', 'claude')).exit, 0);
    assert.equal((await agent('claude'))?.state, 'unregistered');
    assert.equal((await workspace.run('agents', 'register', 'claude')).exit, 0);
    assert.notEqual((await agent('claude'))?.state, 'unregistered');
  });

  it('stops what an agent runs for another command line when it is unregistered', async () => {
    const execute = await workspace.start('execute', '--group-id', 'a', '--yes');
    await eventually('the agent to be at work', () => existsSync(join(workspace.root, 'started')));
    assert.equal((await agent('mine'))?.running, 1);
    assert.equal((await workspace.run('agents', 'unregister', 'mine')).exit, 0);
    const { exit } = await execute.done;
    assert.notEqual(exit, 0);
    assert.match(workspace.read('.parallel-groups/groups/a/metadata.json'), /"cancelled"/);
    const next = await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.equal(next.exit, 1);
    assert.match(next.stdout + next.stderr, /There is no agent called mine/);
  });
});
