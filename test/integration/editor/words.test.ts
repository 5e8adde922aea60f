import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useExtension } from '../../support/integration/extension.ts';
import { at, completions, hovers, openPlan } from '../../support/integration/plan-editor.ts';
import { writePlan } from '../../support/integration/workspace.ts';

const FILE = 'words.tasks.md';
const PLAN = `# Words

- [ ] T1 [P:Group-words] Lay the floor
- [ ] T2 [P:Group-words] Raise the walls (depends on T1)
- [ ] T3 Order <b>bricks</b> [x](command:y) (depends on other.tasks.md#T9)
`;

describe('a plan in the editor', () => {
  const extension = useExtension();
  const open = async (text = PLAN): Promise<vscode.TextDocument> => {
    await writePlan('other.tasks.md', '- [ ] T9 [P:Group-far] Bake bricks\n');
    const { document } = await openPlan(extension.windowModel, FILE, text);
    return document;
  };

  it('tells of a group, a dependency and a task where the mouse rests', async () => {
    const document = await open();
    const said = async (words: string, by = 1): Promise<string> => {
      const [hover] = await hovers(document, at(document, words, by));
      return hover?.value ?? '';
    };
    const group = await said('[P:Group-words]', 5);
    assert.match(group, /^\*\*words\*\* · 2 tasks/);
    assert.match(group, /- T1 Lay the floor — backend\\-architect, pending/);
    assert.match(group, /Order: T1 → T2/);
    assert.match(await said('T1)'), /^\*\*T1 Lay the floor\*\*[^]*words\\\.tasks\\\.md:3$/);
    assert.match(await said('T9)'), /^\*\*T9 Bake bricks\*\*[^]*other\\\.tasks\\\.md:1$/);
    assert.match(await said('T2 '), /^\*\*T2 Raise the walls\*\*\n\nWaiting · waits for T1/);
    assert.match(await said('[ ] T2'), /^\*\*T2 Raise the walls\*\*/);
    assert.equal(await said('Raise', 2), '');
  });

  it('shows task text as text, whatever is in it', async () => {
    const title = '<b>Bold</b> $(trash) *star* [link](command:x)';
    const { document } = await openPlan(
      extension.windowModel,
      'text.tasks.json',
      JSON.stringify([{ id: 'T1', title, status: 'pending' }]),
    );
    const [hover] = await hovers(document, at(document, 'T1', 1));
    assert.ok(hover);
    const escaped = title.replaceAll(/[^\w\s/:]/g, '\\$&');
    assert.equal(hover.value.split('\n')[0], `**T1 ${escaped}**`);
    assert.ok(!(hover.isTrusted ?? false) && !(hover.supportHtml ?? false));
    assert.ok(!(hover.supportThemeIcons ?? false));
  });

  it('offers groups inside of a marker, and ids inside of a dependency', async () => {
    const document = await open(`${PLAN}- [ ] T4 [P:Gr] Sweep (depends on )\n`);
    const offered = async (words: string, by: number): Promise<readonly unknown[]> => {
      const items = await completions(document, at(document, words, by));
      return items.map(({ label, insertText }) => [
        typeof label === 'string' ? label : label.label,
        insertText,
      ]);
    };
    const groups = await offered('[P:Gr]', 5);
    assert.deepEqual(groups.slice(0, 1), [['words', '[P:Group-words]']]);
    assert.ok(groups.some((each) => JSON.stringify(each) === '["far","[P:Group-far]"]'));
    const ids = await offered('depends on )', 11);
    assert.deepEqual(ids.slice(0, 3), [
      ['T1', 'T1'],
      ['T2', 'T2'],
      ['T3', 'T3'],
    ]);
    assert.ok(
      ids.some((each) => JSON.stringify(each) === '["other.tasks.md#T9","other.tasks.md#T9"]'),
    );
    assert.deepEqual(await offered('Sweep', 2), []);
    assert.deepEqual(await offered('- [ ] T4', 3), []);
  });

  it('offers ids in the list of a JSON plan', async () => {
    const text = '[{"id":"t1","title":"Build"},{"id":"t2","title":"Test","dependencies":[""]}]';
    const { document } = await openPlan(extension.windowModel, 'words.tasks.json', text);
    const items = await completions(document, at(document, '[""', 2));
    const [first] = items;
    assert.deepEqual(first?.label, { label: 't1', description: 'Build' });
  });

  it('leads from a dependency to its task, and from a task to what depends on it', async () => {
    const document = await open();
    const definition = async (words: string, by = 1): Promise<string | undefined> => {
      const [found] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at(document, words, by),
      );
      const path = found?.targetUri.path.split('/').at(-1);
      return found && `${path}:${found.targetRange.start.line + 1}`;
    };
    assert.equal(await definition('T1)'), `${FILE}:3`);
    assert.equal(await definition('T9)'), 'other.tasks.md:1');
    assert.equal(await definition('[P:Group-words]'), undefined);

    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      at(document, 'T1', 1),
    );
    assert.deepEqual(
      references.map(({ range }) => document.getText(range)),
      ['T1', 'T1'],
    );
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      at(document, 'T1', 1),
    );
    assert.equal(highlights.length, 2);
  });

  it('links the files that tasks name, where they exist and are in the folder', async () => {
    await writePlan('named.md', 'Named.\n');
    const document = await open(
      '- [ ] T1 Read `named.md` and `missing.md` [Files: named.md, ../../etc/passwd]\n',
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const ours = links.filter(({ target }) => target?.path.endsWith('/named.md'));
    assert.deepEqual(
      ours.map(({ range }) => [document.getText(range), range.start.character]),
      [
        ['named.md', 15],
        ['named.md', 50],
      ],
    );
    assert.ok(links.every(({ target }) => target?.path.includes('passwd') !== true));
  });
});
