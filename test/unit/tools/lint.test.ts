import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';
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

/** These need types; their place decides nothing. */
const TYPED: readonly Case[] = [
  ['house/plain-templates', 'const d = `${String(b)} of`;', 1],
  ['house/plain-templates', 'const d = `${b} of ${String(a)}`;', 0],
];

/** The project's rules, but for those with types: most of the time would go into types that no case here needs. */
const untyped = new ESLint({
  cwd: repository,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
    { rules: { 'house/plain-templates': 'off' } },
  ],
});
/** The project's rules in a program of one file. */
async function alone(folder: string): Promise<ESLint> {
  await writeFile(path.join(folder, 'tsconfig.json'), '{ "compilerOptions": { "types": [] } }');
  await writeFile(path.join(folder, 'sample.ts'), SAMPLE);
  const overrideConfigFile = path.join(repository, 'eslint.config.mjs');
  return new ESLint({ cwd: folder, overrideConfigFile });
}

function titleOf(rule: string, source: string, findings: number): string {
  return `${rule} ${findings === 0 ? 'lets through' : 'catches'} ${source.replaceAll('\n', ' ')}`;
}

function findingsOf(rule: string, results: readonly ESLint.LintResult[]): number {
  const messages = results.flatMap((result) => result.messages);
  assert.ok(
    messages.every(({ fatal }) => fatal !== true),
    messages[0]?.message,
  );
  return messages.filter(({ ruleId }) => ruleId === rule).length;
}

describe('the lint rules of the project', () => {
  for (const [rule, source, findings, file = ENGINE] of CASES) {
    it(`${titleOf(rule, source, findings)} in ${file}`, async () => {
      const text = source.startsWith('import') ? source : SAMPLE + source;
      const results = await untyped.lintText(text, { filePath: path.join(repository, file) });
      assert.equal(findingsOf(rule, results), findings);
    });
  }

  for (const [rule, source, findings] of TYPED) {
    it(titleOf(rule, source, findings), async () => {
      const folder = temporaryDirectory();
      try {
        const eslint = await alone(folder);
        const results = await eslint.lintText(SAMPLE + source, { filePath: 'sample.ts' });
        assert.equal(findingsOf(rule, results), findings);
      } finally {
        removeDirectory(folder);
      }
    });
  }

  it('hold for tests and benches too, but for sentences', async () => {
    for (const file of ['test/unit/tools/lint.test.ts', 'bench/tree.ts']) {
      const text = `${SAMPLE}if (b > 1) throw new Error(\`\${String(b)}\`, { ...{ c } });\nconst d = 'Nothing is running.';`;
      const [result] = await untyped.lintText(text, { filePath: path.join(repository, file) });
      const rules = result?.messages.map(({ ruleId }) => ruleId) ?? [];
      for (const rule of ['curly', 'house/plain-objects']) {
        assert.ok(rules.includes(rule), `${rule} in ${file}`);
      }
      assert.ok(!rules.includes('house/translated'));
      const project = new ESLint({ cwd: repository });
      const config: unknown = await project.calculateConfigForFile(path.join(repository, file));
      assert.partialDeepStrictEqual(config, { rules: { 'house/plain-templates': [2] } });
    }
  });
});
