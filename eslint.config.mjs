import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';
import plainObjects from './tools/lint/plain-objects.cjs';
import plainTemplates from './tools/lint/plain-templates.cjs';
import translated from './tools/lint/translated.cjs';

const house = {
  rules: {
    'plain-objects': plainObjects,
    'plain-templates': plainTemplates,
    translated,
  },
};

/** The same in every language. */
const names = [
  'Application Support',
  'Claude Code',
  'Markdown',
  'Parallel Group x',
  'Parallel Groups',
  'Proven by Parallel Groups',
  'Task Master',
  '[Request interrupted',
];

/** Texts for agents, collectors of metrics and output of other programs. They are English everywhere. */
const notForPeople = [
  'src/agents/contract/agent.ts',
  'src/coordinator/metrics/prometheus.ts',
  'src/engine/prompt/**',
  'src/engine/self-test/{prepare-self-test,self-test}.ts',
  'src/engine/telemetry/**',
  'src/verification/{suites,summary}/**',
];

const clockAndChance = [
  { object: 'Date', property: 'now', message: 'Time comes in as a value.' },
  { object: 'Math', property: 'random', message: 'Chance comes in as a value.' },
  { object: 'performance', property: 'now', message: 'Time comes in as a value.' },
  { object: 'crypto', property: 'randomUUID', message: 'Ids come in as values.' },
];

/** Ways to skip a test without a reason. */
const withoutReason = [
  "MemberExpression[object.type='ThisExpression'][property.name='skip']",
  'MemberExpression[object.name=/^(it|describe|context|specify)$/][property.name="skip"]',
  'CallExpression[callee.name=/^x(it|describe|context|specify)$/]',
].map((selector) => ({ selector, message: 'Use skip() of test/support/skip.ts with a reason.' }));

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    'dist/',
    'out/',
    'test-results/',
    'test/fixtures/',
    'examples/',
    '.vscode-test/',
  ]),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    plugins: { 'import-sort': importSort, house },
    rules: {
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      // One block without blank lines: Node's modules, packages, folders above, this folder.
      'import-sort/imports': [
        'error',
        { groups: [['^\\u0000', '^node:', '^@?\\w', '^\\.\\.', '^\\.']] },
      ],
      'house/plain-objects': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // `default` alone would hide a member that was added to a union later.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          allowDefaultCaseForExhaustiveSwitch: true,
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: true,
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'house/plain-templates': 'error',
      // `type` and `interface` are both used on purpose: unions are types, contracts are interfaces.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Numbers in messages are what most messages are about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/coordinator/**/*.ts', 'src/shared/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time comes in as a value.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // The only call whose message is not a literal hands on every other.
    ignores: [...notForPeople, 'src/extension.ts'],
    rules: { 'house/translated': ['error', { names }] },
  },
  {
    files: ['src/{host,terminals,views,webview}/**/*.ts'],
    rules: { 'house/translated': ['error', { names, words: true }] },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/support/skip.ts'],
    rules: { 'no-restricted-syntax': ['error', ...withoutReason] },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [...Object.getOwnPropertyNames(globalThis), 'require', 'module', '__dirname'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
  { files: ['**/*.cjs', '*.js'], languageOptions: { sourceType: 'commonjs' } },
);
