import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { useExtension } from '../support/integration/extension.ts';
import { inWorkspace, write, writeConfig, writePlan } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

describe('the plans of a window', () => {
  const extension = useExtension();
  const sources = (): string[] => [
    ...new Set(extension.windowModel.groups().map(({ source }) => source as string)),
  ];
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    await eventually(what, () => Promise.resolve(holds()));
  };
  const setting = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace
      .getConfiguration('parallelGroups')
      .update(name, value, vscode.ConfigurationTarget.Workspace);

  afterEach(async () => {
    await setting('sources.include', undefined);
    await setting('sources.exclude', undefined);
  });

  it('are widened and narrowed by settings, at once', async () => {
    await writePlan('notes/ideas.txt', '- [ ] T1 [P:Group-ideas] One\n');
    await writePlan('old/tasks.md', '- [ ] T2 [P:Group-old] Two\n');
    await until('the old plan to show', () => sources().includes('old/tasks.md'));
    assert.ok(!sources().includes('notes/ideas.txt'));
    await setting('sources.include', ['notes/*.txt']);
    await setting('sources.exclude', ['old']);
    await until('the choice to hold', () => sources().includes('notes/ideas.txt'));
    await until('the old plan to be gone', () => !sources().includes('old/tasks.md'));
    await write('notes/more.txt', '- [ ] T3 [P:Group-more] Three\n');
    await until('a new file of that name to show', () => sources().includes('notes/more.txt'));
    await setting('sources.include', undefined);
    await until('both to be gone', () => !sources().some((each) => each.startsWith('notes/')));
    await rm(inWorkspace('notes'), { recursive: true });
    await rm(inWorkspace('old'), { recursive: true });
  });

  it('are chosen by parallel-groups.json as well, as it is on disk', async () => {
    await writePlan('old/tasks.md', '- [ ] T2 [P:Group-old] Two\n');
    await until('the plan to show', () => sources().includes('old/tasks.md'));
    await writeConfig({ sources: { exclude: ['old/**'] } });
    await until('the plan to be gone', () => !sources().includes('old/tasks.md'));
    await writeConfig({});
    await until('the plan to be back', () => sources().includes('old/tasks.md'));
  });

  it('follow many files that change at once, as a checkout changes them', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `part-${index}.tasks.md`);
    await Promise.all(names.map((name) => writePlan(name, '- [ ] T1 [P:Group-x] One\n')));
    await until('all to show', () => names.every((name) => sources().includes(name)));
    await Promise.all(names.slice(6).map((name) => rm(inWorkspace(name))));
    await until(
      'six to be gone',
      () => sources().filter((each) => each.startsWith('part-')).length === 6,
    );
  });
});
