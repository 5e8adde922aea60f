import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { COMMANDS, VIEWS } from '../../src/shared/manifest.ts';
import type { AgentNode } from '../../src/views/agents/agent-nodes.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent, script } from '../support/integration/fake.ts';
import { openGroup } from '../support/integration/runs.ts';
import { inWorkspace, writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'agents-view.tasks.md';

describe('the Agents view', () => {
  const extension = useExtension();

  beforeEach(async () => {
    await writeConfig({
      agent: 'scripted',
      agents: {
        scripted: { command: fakeAgent(), events: 'claude', maxRetries: 0, maxConcurrent: 1 },
        missing: { command: ['no-such-program-anywhere'] },
      },
      breaker: { failures: 2, cooldownSeconds: 600 },
      maxConcurrent: 1,
    });
    await vscode.commands.executeCommand(COMMANDS.refresh);
    await vscode.commands.executeCommand(`${VIEWS.agents}.focus`);
  });
  afterEach(() => vscode.commands.executeCommand(`${VIEWS.groups}.focus`));

  const node = (name: string): AgentNode | undefined =>
    extension.agents.nodes.find((each) => each.kind === 'agent' && each.name === name);
  /** The row of an agent once it looks so. */
  const row = (name: string, looks: RegExp): Promise<vscode.TreeItem> =>
    eventually(`${name} to be ${String(looks)}`, () => {
      const found = node(name);
      const item = found === undefined ? undefined : extension.agents.getTreeItem(found);
      return Promise.resolve(looks.test(String(item?.description)) && item);
    });
  const run = (command: string, name: string) =>
    vscode.commands.executeCommand(command, node(name));

  it('shows who can take tasks, why others cannot, and the subagents that they play', async () => {
    const ready = await row('scripted', /^available$/);
    assert.equal(ready.accessibilityInformation?.label, 'scripted, agent, available');
    const missing = await row('missing', /^not installed$/);
    const tooltip = typeof missing.tooltip === 'string' ? missing.tooltip : '';
    assert.match(tooltip, /no-such-program-anywhere of agent missing was not found/);
    const subagents = extension.agents.nodes.find(({ kind }) => kind === 'subagents');
    const labels = (await extension.agents.getChildren(subagents)).map((each) => {
      const { label, description } = extension.agents.getTreeItem(each);
      return `${typeof label === 'string' ? label : ''}: ${String(description)}`;
    });
    assert.ok(labels.includes('test-automator: test · scripted'), labels.join('\n'));
    await run(COMMANDS.openAgentDefinition, 'scripted');
    assert.equal(
      vscode.window.activeTextEditor?.document.fileName,
      inWorkspace('parallel-groups.json'),
    );
  });

  it('unregisters an agent that works once a person agrees, stops it, and registers it again', async () => {
    const tasks = `- [ ] T1 [P:Group-live] Wait\n  ${script('init', 'hang')}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'live', tasks);
    await group.start();
    await row('scripted', /^busy · 1 of 1 running$/);

    extension.answerWith(() => Promise.resolve(undefined));
    await run(COMMANDS.unregisterAgent, 'scripted');
    assert.equal(group.task('T1').status, 'in_progress');

    const asked: string[] = [];
    extension.answerWith((message, _detail, [first]) => {
      asked.push(message);
      return Promise.resolve(first);
    });
    await run(COMMANDS.unregisterAgent, 'scripted');
    assert.deepEqual(asked, ['scripted is at work on 1 task. Unregister it and stop them?']);
    await group.ended();
    assert.equal(group.task('T1').status, 'cancelled');
    await row('scripted', /^unregistered$/);

    await group.runToEnd();
    const { failure } = group.task('T1');
    assert.ok(failure?.reason === 'rejected');
    assert.equal(failure.code, 'NO_AGENT_TYPE');
    await run(COMMANDS.registerAgentAgain, 'scripted');
    await row('scripted', /^available$/);
  });

  it('counts down the breaker of an agent that fails, keeps it on disk, and resets it', async () => {
    const fails = script('init', 'says=I …');
    const tasks = `- [ ] T1 [P:Group-fails] One\n  ${fails}\n- [ ] T2 [P:Group-fails] Two\n  ${fails}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'fails', tasks);
    await group.runToEnd();
    await row('scripted', /^breaker open · \d+:\d\d left$/);
    const file = inWorkspace('.parallel-groups/agents.json');
    await eventually('the breaker to be on disk', async () =>
      /"breakers": \{\s*"scripted"/.test(await readFile(file, 'utf8')),
    );
    await run(COMMANDS.resetBreaker, 'scripted');
    await row('scripted', /^available$/);
  });
});
