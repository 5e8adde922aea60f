import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent } from '../support/integration/fake.ts';
import { inWorkspace, SCRATCH, write, writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

describe('setting agents up', () => {
  const extension = useExtension();
  const script = `${SCRATCH}/script.txt`;

  beforeEach(async () => {
    const command = fakeAgent(`@${inWorkspace(script)}`);
    await writeConfig({ agents: { scripted: { command, events: 'claude' } } });
    await vscode.commands.executeCommand(COMMANDS.refresh);
  });

  const state = async (): Promise<string | undefined> => {
    const [folder] = extension.windowModel.folders();
    const { agents } = (await folder?.workspace.agents.view()) ?? { agents: [] };
    return agents.find(({ id }) => id === 'scripted')?.state.kind;
  };
  const test = (): Thenable<unknown> =>
    vscode.commands.executeCommand(COMMANDS.testAgent, {
      kind: 'agent',
      name: 'scripted',
      folder: '',
    });

  it('opens the walkthrough', async () => {
    const shown = (): string => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.equal(shown(), '');
    await vscode.commands.executeCommand(COMMANDS.setUpAgents);
    // VS Code calls the page by either name, however it was opened.
    await eventually('the walkthrough to be open', () =>
      Promise.resolve(/^(Welcome|Walkthrough)/.test(shown())),
    );
  });

  it('tests an agent once the person has seen its command, and learns whether it is signed in', async () => {
    const asked: string[] = [];
    const answerWith = (answer: 'yes' | 'no'): void => {
      extension.answerWith((message, detail, [first]) => {
        asked.push(`${message}\n${detail}`);
        return Promise.resolve(answer === 'yes' ? first : undefined);
      });
    };
    await write(script, `touch=${inWorkspace(SCRATCH)}/ran\ninit\nerror=401\n`);
    answerWith('no');
    await test();
    assert.equal(existsSync(inWorkspace(`${SCRATCH}/ran`)), false);

    answerWith('yes');
    await test();
    assert.equal(existsSync(inWorkspace(`${SCRATCH}/ran`)), true);
    assert.equal(await state(), 'not_signed_in');

    await write(script, 'init\nwrite=proof.txt:Parallel Groups was here.\nok\n');
    await test();
    assert.equal(await state(), 'available');
    const [, folder = ''] = /\nin (.+)\/work$/.exec(asked[1] ?? '') ?? [];
    assert.match(asked[1] ?? '', /^Test scripted\?\n[\s\S]*\nnode \S+fake-agent\.mjs @/);
    assert.match(folder, /parallel-groups-self-test-/);
    assert.equal(existsSync(folder), false);
  });

  it('makes the agent that the person chooses the default', async () => {
    const section = () => vscode.workspace.getConfiguration(SETTINGS_SECTION);
    try {
      const choosing = vscode.commands.executeCommand(COMMANDS.chooseDefaultAgent);
      await eventually('an agent to be chosen', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return section().inspect(SETTINGS.agent)?.globalValue !== undefined;
      });
      await choosing;
      const [folder] = extension.windowModel.folders();
      assert.equal(folder?.workspace.config.agent, section().get(SETTINGS.agent));
    } finally {
      await section().update(SETTINGS.agent, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
