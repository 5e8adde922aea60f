import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { useExtension } from '../support/integration/extension.ts';
import { inWorkspace, write } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

describe('the schemas of JSON plans', () => {
  useExtension();
  // The settings of the folder stay: they keep what other tests type from being saved by itself.
  const written = ['schemas', '.vscode/tasks.json', '.taskmaster'];
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of written) {
      await rm(inWorkspace(name), { recursive: true, force: true });
    }
  });

  const show = async (name: string, value: unknown): Promise<vscode.Uri> => {
    await write(name, JSON.stringify(value, null, 2));
    const uri = vscode.Uri.file(inWorkspace(name));
    await vscode.window.showTextDocument(uri, { preview: false });
    return uri;
  };
  const said = (uri: vscode.Uri): readonly string[] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source !== 'Parallel Groups')
      .map(({ message }) => message);

  it('check plans by their names, and leave the tasks of VS Code alone', async () => {
    await mkdir(inWorkspace('.vscode'), { recursive: true });
    const wrong = [{ id: 'a', title: 7 }];
    const own = await show('.vscode/tasks.json', {
      version: '2.0.0',
      tasks: [{ label: 'a', type: 'shell', command: 'true', id: true, title: 7 }],
    });
    const general = await show('schemas/tasks.json', wrong);
    const named = await show('schemas/api.tasks.json', wrong);
    const tagged = await show('.taskmaster/tasks/tasks.json', {
      master: { tasks: [{ id: 1, title: 7 }] },
    });
    for (const uri of [general, named, tagged]) {
      await eventually(`${uri.path} to be checked`, () =>
        Promise.resolve(said(uri).some((message) => /Incorrect type|Value|matches/i.test(message))),
      );
    }
    // It was opened first, and its own schema has nothing to say about these keys.
    assert.deepEqual(
      said(own).filter((message) => message.includes('Incorrect type')),
      [],
    );
  });
});
