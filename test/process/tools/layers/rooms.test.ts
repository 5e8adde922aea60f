import assert from 'node:assert/strict';
import { repository } from '../../../support/vscode/paths.ts';
import { type ScratchTree, scratchTree, type Violations, violationsIn } from './scratch-tree.ts';

/** A tree with one file for each thing that is forbidden, and one for what looks alike and is not. */
const tree: Readonly<Record<string, string>> = {
  'src/extension.ts': `import './host/window/allowed.ts';\nimport './runner/main.ts';`,
  'src/shared/value.ts': `export const value = 1;\nexport interface Shape { a: 1 }`,
  'src/shared/node.ts': `import { join } from 'node:path';\nexport const x = join;`,
  'src/shared/bare-node.ts': `import fs from 'fs';\nexport const x = fs;`,
  'src/shared/library.ts': `import { parse } from 'jsonc-parser';\nexport const x = parse;`,
  'src/coordinator/schema/allowed.ts': `import * as z from 'zod/mini';\nimport { value } from '../../shared/value.ts';\nexport const x = [z, value];`,
  'src/coordinator/editor.ts': `import * as vscode from 'vscode';\nexport const x = vscode;`,
  'src/coordinator/editor-type.ts': `import type { Uri } from 'vscode';\nexport type X = Uri;`,
  'src/coordinator/upward.ts': `import { pid } from '../system/process.ts';\nexport const x = pid;`,
  'src/coordinator/upward-type.ts': `import type { Journal } from '../store/journal.ts';\nexport type X = Journal;`,
  'src/coordinator/reexport-type.ts': `export type { Journal } from '../store/journal.ts';`,
  'src/coordinator/inline-type.ts': `export type X = import('../store/journal.ts').Journal;`,
  'src/system/process.ts': `import { pid } from 'node:process';\nexport { pid };`,
  'src/store/journal.ts': `export interface Journal { a: 1 }\nexport const journal = 1;`,
  'src/tasks/sideways.ts': `import { journal } from '../store/journal.ts';\nexport const x = journal;`,
  'src/engine/starts-runner.ts': `import { main } from '../runner/main.ts';\nexport const x = main;`,
  'src/engine/lazy.ts': `export const x = () => import('../host/window/allowed.ts');`,
  'src/engine/traced.ts': `import { trace } from '@opentelemetry/api';\nexport const x = trace;`,
  'src/engine/telemetry/otlp-sink.ts': `import { trace } from '@opentelemetry/api';\nexport const sink = trace;`,
  'src/engine/telemetry/allowed.ts': `import type { sink } from './otlp-sink.ts';\nexport const x = (): Promise<{ sink: typeof sink }> => import('./otlp-sink.ts');`,
  'src/engine/telemetry/eager.ts': `import { sink } from './otlp-sink.ts';\nexport const x = sink;`,
  'src/engine/root.ts': `import '../extension.ts';`,
  'src/runner/main.ts': `export const main = 1;`,
  'src/cli/allowed.ts': `import { main } from '../runner/main.ts';\nexport const x = main;`,
  'src/host/window/allowed.ts': `import * as vscode from 'vscode';\nexport const x = vscode;`,
  'src/terminals/sideways.ts': `import { a } from '../views/a.ts';\nexport const x = a;`,
  'src/views/a.ts': `import { b } from './b.ts';\nexport const a = b;`,
  'src/views/b.ts': `import type { a } from './a.ts';\nexport const b = 1;\nexport type A = typeof a;`,
  'src/webview/engine.ts': `import type { Journal } from '../store/journal.ts';\nexport type X = Journal;`,
  'src/attic/new.ts': `import { value } from '../shared/value.ts';\nexport const x = value;`,
};

const caught: readonly (readonly [what: string, rule: string, from: string])[] = [
  ['an import upwards', 'room-coordinator', 'src/coordinator/upward.ts'],
  ['a type-only import upwards', 'room-coordinator', 'src/coordinator/upward-type.ts'],
  ['a type re-exported from above', 'room-coordinator', 'src/coordinator/reexport-type.ts'],
  ['an import() type from above', 'room-coordinator', 'src/coordinator/inline-type.ts'],
  ['a lazy import upwards', 'room-engine', 'src/engine/lazy.ts'],
  ['a neighbour of the same floor', 'room-tasks', 'src/tasks/sideways.ts'],
  ['a neighbour at the edge', 'room-terminals', 'src/terminals/sideways.ts'],
  ['telemetry elsewhere', 'telemetry-libraries-stay-there', 'src/engine/traced.ts'],
  ['telemetry that is always loaded', 'telemetry-on-demand', 'src/engine/telemetry/eager.ts'],
  ['the runner from the engine', 'room-engine', 'src/engine/starts-runner.ts'],
  ['the runner from the extension', 'extension-wires-the-host', 'src/extension.ts'],
  ['more than shared/ in the webview', 'room-webview', 'src/webview/engine.ts'],
  ['vscode in the coordinator', 'vscode-at-the-edge', 'src/coordinator/editor.ts'],
  ['a vscode type in the coordinator', 'vscode-at-the-edge', 'src/coordinator/editor-type.ts'],
  ['a node: builtin in shared', 'no-platform-in-the-core', 'src/shared/node.ts'],
  ['a bare builtin in shared', 'no-platform-in-the-core', 'src/shared/bare-node.ts'],
  ['a library in shared', 'zod-alone-in-the-core', 'src/shared/library.ts'],
  ['the composition root', 'nothing-imports-the-composition-root', 'src/engine/root.ts'],
  ['a cycle through a type', 'no-cycles', 'src/views/a.ts'],
  ['a room that nobody placed', 'known-rooms-only', 'src/attic/new.ts'],
];

describe('the order of the rooms', function () {
  this.timeout(60_000);
  let scratch: ScratchTree;
  let violations: Violations;

  before(async () => {
    scratch = scratchTree(tree);
    violations = await violationsIn(scratch.folder);
  });

  after(() => {
    scratch.remove();
  });

  for (const [what, rule, from] of caught) {
    it(`catches ${what}`, () => {
      const rules = violations.filter((each) => each.from === from).map((each) => each.rule.name);
      assert.ok(rules.includes(rule), `${from} broke: ${rules.join(', ') || 'nothing'}`);
    });
  }

  it('lets through what the rooms may do', () => {
    const innocent = Object.keys(tree).filter((name) => name.includes('/allowed.ts'));
    assert.equal(innocent.length, 4);
    assert.deepEqual(
      violations.filter((each) => innocent.includes(each.from)),
      [],
    );
  });

  it('holds in src/', async () => {
    assert.deepEqual(await violationsIn(repository), []);
  });
});
