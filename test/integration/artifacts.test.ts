import assert from 'node:assert/strict';
import { basename, sep } from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent } from '../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../support/integration/runs.ts';
import { writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const RESULT = JSON.stringify({ summary: 'Painted it.', artifacts: { made: 'scratch/made.txt' } });

describe('what a run left', () => {
  const extension = useExtension();
  let group: TestGroup;

  beforeEach(async () => {
    const command = fakeAgent('edit-silently=scratch/made.txt', `write={resultFile}:${RESULT}`);
    await writeConfig({ agent: 'painter', agents: { painter: { command } } });
    const text = '- [ ] T1 [P:Group-left] Paint\n- [ ] T2 [P:Group-left] (depends on T9) Wait\n';
    group = await openGroup(extension.windowModel, 'left.tasks.md', 'left', text);
    await group.runToEnd();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is opened by Open Artifacts, of which a person chooses one', async () => {
    assert.equal(group.task('T1').summary, 'Painted it.');
    const opened = vscode.commands.executeCommand(COMMANDS.openArtifacts, {
      task: group.task('T1').key,
    });
    const names = ['changes.patch', 'made.txt', 'notes.md', 'result.json'];
    await eventually('an artifact to be open', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
      return path.includes(`${sep}artifacts${sep}`) && names.includes(basename(path));
    });
    await opened;
  });

  it('is told on a page by Open Report', async () => {
    await vscode.commands.executeCommand(COMMANDS.openReport, { group: group.key });
    await eventually('the report to be open', () => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
        tabs.map((tab) => tab.label),
      );
      return Promise.resolve(labels.some((label) => label.includes('report.md')));
    });
  });
});
