import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, EXTENSION_ID } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';

describe('the extension in a window with a plan', () => {
  const extension = useExtension();

  it('is active and shows the groups of the plan, in their order', () => {
    assert.equal(vscode.extensions.getExtension(EXTENSION_ID)?.isActive, true);
    assert.equal(extension.windowModel.state, 'ready');
    const groups = extension.windowModel.groups().map(({ title, tasks }) => ({
      title,
      tasks: tasks.map(({ id, detail }) => `${id}: ${detail}`),
    }));
    assert.deepEqual(groups, [
      { title: 'first', tasks: ['T1: backend-architect', 'T2: waits for T1'] },
      { title: 'Sequential', tasks: ['T3: backend-architect'] },
    ]);
  });

  it('registers exactly the commands of its manifest', async () => {
    const registered = await vscode.commands.getCommands(true);
    // VS Code adds commands of its own for every view.
    const ours = registered.filter((id) => /^parallelGroups\.[^.]+$/.test(id));
    assert.deepEqual(ours.sort(), Object.values(COMMANDS).sort());
  });
});
