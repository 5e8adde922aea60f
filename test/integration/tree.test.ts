import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GroupsTree } from '../../src/views/tree/groups-tree.ts';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent, run, script } from '../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../support/integration/runs.ts';
import { write, writeConfig, writePlan } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'tree.tasks.md';

describe('the tree of groups', () => {
  const extension = useExtension();
  it('shows what each state is, in icon, colour, words and menus', async () => {
    await writePlan('elsewhere.tasks.md', '- [ ] T9 Order the bricks\n');
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'looks',
      `- [ ] T1 [P:Group-looks] Fail
  ${run('exit=2')}
- [ ] T2 [P:Group-looks] Follow (depends on T1)
  ${run('print=followed')}
- [ ] T3 [P:Group-looks] Succeed
  ${run('wait-file=scratch/go')}
- [ ] T4 [P:Group-looks] Wait for bricks (depends on elsewhere.tasks.md#T9)
  ${run('print=laid')}
- [x] T5 [P:Group-looks] Done long ago
`,
    );
    await rows(extension.tree, group, [
      'looks | 1/5 · 1 blocked | circle-large-outline testing.iconUnset | group;run',
      'T1 Fail | backend-architect | circle-large-outline testing.iconUnset | task;waiting',
      'T2 Follow | waits for T1 | circle-large-outline testing.iconUnset | task;waiting',
      'T3 Succeed | backend-architect | circle-large-outline testing.iconUnset | task;waiting',
      'T4 Wait for bricks | blocked by elsewhere.tasks.md#T9 (pending) | circle-slash testing.iconSkipped | task;waiting',
      'T5 Done long ago | done | pass-filled testing.iconPassed | task',
    ]);

    await group.start();
    await group.untilTask('T1', 'to fail', ({ status }) => status === 'failed');
    await group.untilTask('T3', 'to run', ({ runnerPid }) => runnerPid !== null);
    await rows(extension.tree, group, [
      'looks | 1/5 · running T · 2 blocked | loading~spin charts.blue | group;stop',
      'T1 Fail | It ended with exit code 2. | error testing.iconFailed | task;launched',
      'T2 Follow | blocked by T1 (failed) | circle-slash testing.iconSkipped | task;waiting',
      'T3 Succeed | running | loading~spin charts.blue | task;launched;running;stop',
      'T4 Wait for bricks | blocked by elsewhere.tasks.md#T9 (pending) | circle-slash testing.iconSkipped | task;waiting',
      'T5 Done long ago | done | pass-filled testing.iconPassed | task',
    ]);

    await write('scratch/go', '');
    await group.ended();
    await rows(extension.tree, group, [
      'looks | 2/5 · 1 failed · 1 blocked · no tests · just now | error testing.iconFailed | group;run;retry;ended',
      'T1 Fail | It ended with exit code 2. | error testing.iconFailed | task;launched',
      'T2 Follow | waits for T1 | circle-large-outline testing.iconUnset | task;waiting',
      'T3 Succeed | T | pass-filled testing.iconPassed | task;launched',
      'T4 Wait for bricks | blocked by elsewhere.tasks.md#T9 (pending) | circle-slash testing.iconSkipped | task;waiting',
      'T5 Done long ago | done | pass-filled testing.iconPassed | task',
    ]);
    const [groupRow, failed] = nodesOf(extension.tree, group);
    assert.ok(groupRow !== undefined && failed !== undefined);
    const { value, supportHtml, isTrusted } = await tooltip(extension.tree, failed);
    assert.match(value, /^\*\*T1 Fail\*\*/);
    assert.match(value, /tree\\\.tasks\\\.md:1/);
    assert.match(value, /Subagent: backend\\-architect — the default/);
    assert.match(value, /1 try/);
    assert.deepEqual([supportHtml, isTrusted], [false, false]);
    assert.match(
      (await tooltip(extension.tree, groupRow)).value,
      /✗ T1: It ended with exit code 2/,
    );
    const { accessibilityInformation } = extension.tree.getTreeItem(failed);
    assert.equal(accessibilityInformation?.label, 'T1 Fail, failed, It ended with exit code 2.');
    assert.equal(extension.tree.getParent(failed), groupRow);
  });

  it('shows task text as text, whatever is in it', async () => {
    const title = '<b>Bold</b> $(trash) *star* [link](command:x)';
    const plan = [{ id: 'T1', title, description: '[P:Group-text]', status: 'pending' }];
    const group = await openGroup(
      extension.windowModel,
      'text.tasks.json',
      'text',
      JSON.stringify(plan),
    );
    const [, row] = await eventually('the row', () => {
      const nodes = nodesOf(extension.tree, group);
      return Promise.resolve(nodes.length === 2 && nodes);
    });
    assert.ok(row !== undefined);
    const { value, supportHtml, supportThemeIcons } = await tooltip(extension.tree, row);
    assert.deepEqual([supportHtml, supportThemeIcons], [false, false]);
    const [first] = value.split('\n');
    assert.equal(first, `**T1 ${title.replaceAll(/[^\w\s/:]/g, '\\$&')}**`);
  });

  it('draws only the rows that changed', async () => {
    await writeConfig({
      agent: 'scripted',
      agents: { scripted: { command: fakeAgent(), events: 'claude', maxRetries: 0 } },
    });
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'drawn',
      `- [ ] T1 [P:Group-drawn] Take a step
  ${script('init', 'says=One', 'wait-file=scratch/1', 'says=Two', 'wait-file=scratch/2')}
- [ ] T2 [P:Group-drawn] Take none
  ${script('init', 'says=One', 'wait-file=scratch/2')}
`,
    );
    await group.start();
    for (const id of ['T1', 'T2']) {
      await group.untilTask(id, 'to begin', ({ step }) => step === 'One');
    }
    await rowSays(extension.tree, group, 'T1', 'scripted · One');
    await rowSays(extension.tree, group, 'T2', 'scripted · One');

    const fired: (readonly TreeNode[] | undefined)[] = [];
    const listening = extension.tree.onDidChangeTreeData((nodes) => fired.push(nodes));
    await write('scratch/1', '');
    await rowSays(extension.tree, group, 'T1', 'scripted · Two');
    listening.dispose();

    assert.ok(!fired.includes(undefined), 'the whole tree was not drawn');
    const names = fired.flatMap((nodes) => nodes ?? []).map(({ key }) => key);
    assert.ok(names.includes(group.task('T1').key));
    // The group's own row counts the seconds.
    const others = names.filter((key) => key !== group.key && key !== group.task('T1').key);
    assert.deepEqual(others, []);
  });
});

/** The group's row and those of its tasks. */
function nodesOf(tree: GroupsTree, group: TestGroup): TreeNode[] {
  const root = tree.getChildren().find(({ key }) => key === group.key);
  return root === undefined ? [] : [root, ...tree.getChildren(root)];
}

/** Waits until the rows read so: `label | description | icon colour | context`, times as T. */
async function rows(
  tree: GroupsTree,
  group: TestGroup,
  expected: readonly string[],
): Promise<void> {
  const now = (): string[] => nodesOf(tree, group).map((node) => describeRow(tree, node));
  const same = (): boolean => JSON.stringify(now()) === JSON.stringify(expected);
  // The comparison below tells more than a time that is up.
  await eventually('the rows', () => Promise.resolve(same())).catch(() => undefined);
  assert.deepEqual(now(), expected);
}

function describeRow(tree: GroupsTree, node: TreeNode): string {
  const { label, description, iconPath, contextValue } = tree.getTreeItem(node);
  const icon = iconPath instanceof vscode.ThemeIcon ? iconPath : undefined;
  const words = String(description).replace(/\d+:\d\d|\d+ m?s\b/, 'T');
  const text = typeof label === 'string' ? label : label?.label;
  return [text, words, `${icon?.id} ${icon?.color?.id}`, contextValue].join(' | ');
}

async function rowSays(
  tree: GroupsTree,
  group: TestGroup,
  id: string,
  words: string,
): Promise<void> {
  const says = (): boolean =>
    nodesOf(tree, group).some(
      (node) => node.key.endsWith(`#${id}`) && tree.getTreeItem(node).description === words,
    );
  await eventually(`${id} to say "${words}"`, () => Promise.resolve(says()));
}

async function tooltip(tree: GroupsTree, node: TreeNode): Promise<vscode.MarkdownString> {
  const item = await tree.resolveTreeItem(tree.getTreeItem(node), node);
  assert.ok(item.tooltip instanceof vscode.MarkdownString);
  return item.tooltip;
}
