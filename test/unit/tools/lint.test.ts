import assert from 'node:assert/strict';
import path from 'node:path';
import { ESLint } from 'eslint';
import { repository } from '../../support/vscode/paths.ts';

/** Files whose place decides which rules hold; each case takes the place of their text. */
const ENGINE = 'src/engine/run/start-run.ts';
const VIEW = 'src/views/tree/tree-item.ts';
const PROMPT = 'src/engine/prompt/write-prompt.ts';
const TEST = 'test/unit/shared/same.test.ts';
const SAMPLE = 'declare const a: object, b: number, c: object, name: string;\n';

type Case = readonly [rule: string, source: string, findings: number, file?: string];

const CASES: readonly Case[] = [
  ['curly', 'if (b > 1) b.toFixed();', 1],
  ['curly', 'if (b > 1) { b.toFixed(); }', 0],
  ['curly', 'if (b > 1) b.toFixed();', 1, VIEW],
  ['import-sort/imports', "import './b.ts';\nimport 'node:path';\n", 0],
  [
    'import-sort/imports',
    "import { x } from './b.ts';\nimport z from 'zod';\nimport { y } from '../a.ts';",
    1,
  ],
  [
    'import-sort/imports',
    "import p from 'node:path';\nimport z from 'zod';\nimport { y } from '../a.ts';\nimport { x } from './b.ts';\n",
    0,
  ],
  ['house/plain-objects', 'const d = { ...{ a, b }, c };', 1],
  ['house/plain-objects', 'const d = { ...a, c };', 0],
  ['house/plain-templates', 'const d = `${String(b)} of`;', 1],
  ['house/plain-templates', 'const d = `${b} of ${String(a)}`;', 0],
  ['house/translated', "const d = 'Nothing is running.';", 1],
  ['house/translated', 'const d = `Nothing of ${name} is running.`;', 1],
  ['house/translated', "const d = t('Nothing is running.');", 0],
  ['house/translated', "const d = vscode.l10n.t('Nothing of {0} is running.', name);", 0],
  ['house/translated', "throw new Error('This is a bug of ours.');", 0],
  ['house/translated', "type D = 'Nothing is running.';", 0],
  ['house/translated', "const d = ['in_progress', 'one two'];", 0],
  ['house/translated', "const d = 'Task Master';", 0],
  ['house/translated', "const d = 'Run';", 0],
  ['house/translated', "const d = 'Run';", 1, VIEW],
  ['house/translated', 'const d = html`<p class="x">not shown</p>`;', 1, VIEW],
  ['house/translated', 'const d = html`<p title="The cost">${name}</p>`;', 1, VIEW],
  ['house/translated', 'const d = html`<p class="x">${t(\'not shown\')}</p>`;', 0, VIEW],
  ['house/translated', 'const d = t(name);', 1],
  ['house/translated', 'const d = vscode.l10n.t(`of ${name}`);', 1],
  ['no-restricted-syntax', 'it("d", function () { this.skip(); });', 1, TEST],
  ['no-restricted-syntax', 'it.skip("d"); describe.skip("d"); xit("d"); xdescribe("d");', 4, TEST],
  ['no-restricted-syntax', 'it("d", function () { skip(this, name); });', 0, TEST],
  ['house/translated', "const d = 'An agent reads this in English.';", 0, PROMPT],
];

describe('the lint rules of the project', () => {
  const eslint = new ESLint({ cwd: repository });

  for (const [rule, source, findings, file = ENGINE] of CASES) {
    const shown = source.replaceAll('\n', ' ');
    it(`${rule} ${findings === 0 ? 'lets through' : 'catches'} ${shown} in ${file}`, async () => {
      const text = source.startsWith('import') ? source : SAMPLE + source;
      const [result] = await eslint.lintText(text, { filePath: path.join(repository, file) });
      const messages = result?.messages ?? [];
      assert.ok(
        messages.every(({ fatal }) => fatal !== true),
        messages[0]?.message,
      );
      assert.equal(messages.filter(({ ruleId }) => ruleId === rule).length, findings);
    });
  }

  it('hold for tests and benches too, but for sentences', async () => {
    for (const file of ['test/unit/tools/lint.test.ts', 'bench/tree.ts']) {
      const text = `${SAMPLE}if (b > 1) throw new Error(\`\${String(b)}\`, { ...{ c } });\nconst d = 'Nothing is running.';`;
      const [result] = await eslint.lintText(text, { filePath: path.join(repository, file) });
      const rules = result?.messages.map(({ ruleId }) => ruleId) ?? [];
      for (const rule of ['curly', 'house/plain-objects', 'house/plain-templates']) {
        assert.ok(rules.includes(rule), `${rule} in ${file}`);
      }
      assert.ok(!rules.includes('house/translated'));
    }
  });
});
