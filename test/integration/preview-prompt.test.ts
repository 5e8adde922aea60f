import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent } from '../support/integration/fake.ts';
import { at, openPlan } from '../support/integration/plan-editor.ts';
import { TestGroup } from '../support/integration/runs.ts';
import { writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const PLAN =
  '- [ ] T1 [P:Group-seen] Paint the door [Subagent: painter]\n- [ ] T2 [P:Group-seen] Paint the wall\n';

describe('Preview Prompt', () => {
  const extension = useExtension();
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens what the agent of a task would get, of a row and of the task at the cursor, and launches nothing', async () => {
    await writeConfig({
      agent: 'mine',
      agents: { mine: { command: fakeAgent('exit=1') } },
      subagents: { painter: { instructions: 'Two coats.' } },
    });
    const { document, selection } = await openPlan(extension.windowModel, 'seen.tasks.md', PLAN);
    assert.ok(selection.isEmpty);
    const group = new TestGroup(extension.windowModel, 'seen.tasks.md', 'seen');

    await vscode.commands.executeCommand(COMMANDS.previewPrompt, { task: group.task('T1').key });
    const first = await shown('Prompt of T1');
    assert.match(first, /^# Prompt of T1 Paint the door\n\n- Agent: `mine`\n- Subagent: `painter`/);
    assert.match(first, /\n---\n\nYou are the subagent "painter".*\n\nTwo coats\.\n\n## /);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'markdown');

    const editor = await vscode.window.showTextDocument(document);
    const cursor = at(document, 'the wall');
    editor.selection = new vscode.Selection(cursor, cursor);
    await vscode.commands.executeCommand(COMMANDS.previewPrompt);
    assert.match(await shown('Prompt of T2'), /> Paint the wall\n/);
    assert.equal(group.view().run, null);
  });
});

/** The text of the preview in the active editor, once it is this one. */
function shown(title: string): Promise<string> {
  return eventually(`${title} to be shown`, () => {
    const active = vscode.window.activeTextEditor?.document;
    const isShown =
      active?.uri.scheme === 'parallel-groups-prompt' && active.uri.path.includes(title);
    return Promise.resolve(isShown && active.getText());
  });
}
