import assert from 'node:assert/strict';
import {
  completionContext,
  jsonCompletionContext,
} from '../../../../../src/views/editor/completion/completion-context.ts';
import { atCursor } from '../../../../support/views/plan-text.ts';

type Case = readonly [marked: string, kind: string | null, replaced?: string, typed?: string];

describe('what is completed in a checklist', () => {
  const cases: readonly Case[] = [
    ['- [ ] T1 [P:|', 'group', '[P:', '[P:'],
    ['- [ ] T1 [P:Gr|', 'group', '[P:Gr', '[P:Gr'],
    ['- [ ] T1 [p:group-|', 'group', '[p:group-', '[p:group-'],
    ['- [ ] T1 [P:Group-|]', 'group', '[P:Group-]', '[P:Group-'],
    ['- [ ] T1 [P:Group-au|th] Create', 'group', '[P:Group-auth]', '[P:Group-au'],
    ['- [ ] T1 [P:Group-| Create the model', 'group', '[P:Group-', '[P:Group-'],
    ['- [ ] T1 [P:Group-au| th] Create', 'group', '[P:Group-au', '[P:Group-au'],
    ['- [|', null],
    ['- [ ] |', null],
    ['- [ ] T1 [P|', null],
    ['- [ ] T1 [P:Group-auth] |', null],
    ['- [ ] T1: |', null],
    ['- [ ] T2 (depends on |', 'dependency', '', ''],
    ['- [ ] T2 (depends on T|)', 'dependency', 'T', 'T'],
    ['- [ ] T2 (depends on T0|12)', 'dependency', 'T012', 'T0'],
    ['- [ ] T2 (depends on: T1, |)', 'dependency', '', ''],
    ['- [ ] T2 (Depends on T1 and |)', 'dependency', '', ''],
    ['- [ ] T2 (depends on T1,T|)', 'dependency', 'T', 'T'],
    ['- [ ] T2 (depends on T| the schema)', 'dependency', 'T', 'T'],
    ['- [ ] T2 (depends on T1 for |)', null],
    ['- [ ] T2 (depends on T1) |', null],
    ['- [ ] T2 depends on |', null],
    ['(depends on T1\n|', null],
  ];
  for (const [marked, kind, replaced, typed] of cases) {
    it(marked.replace('\n', '↵'), () => {
      const { text, offset } = atCursor(marked);
      const found = completionContext(text, offset);
      assert.deepEqual(
        found && [found.kind, text.slice(found.replace.start, found.replace.end), found.typed],
        kind === null ? null : [kind, replaced, typed],
      );
    });
  }
});

describe('what is completed in a JSON plan', () => {
  const cases: readonly Case[] = [
    ['[{"id":"a","dependencies":["|"]}]', 'dependency', '', ''],
    ['[{"id":"a","dependencies":["t|1"]}]', 'dependency', 't1', 't'],
    ['[{"id":"a","dependencies":["t1", "|"]}]', 'dependency', '', ''],
    ['{"tasks":[{"dependencies":[\n  "t|"\n]}]}', 'dependency', 't', 't'],
    ['[{"id":"a","dependencies":["t|\n  ]}]', 'dependency', 't', 't'],
    ['[{"title":"[P:|"}]', 'group', '[P:', '[P:'],
    ['[{"title":"[P:Group-|"}]', 'group', '[P:Group-', '[P:Group-'],
    ['[{"title":"Do it (depends on |)"}]', 'dependency', '', ''],
    ['[{"id":"|"}]', null],
    ['[{"files":["|"]}]', null],
    ['[{"dependencies":|[]}]', null],
    ['[{"dependencies":["a"|]}]', null],
  ];
  for (const [marked, kind, replaced, typed] of cases) {
    it(marked.replaceAll('\n', '↵'), () => {
      const { text, offset } = atCursor(marked);
      const found = jsonCompletionContext(text, offset);
      assert.deepEqual(
        found && [found.kind, text.slice(found.replace.start, found.replace.end), found.typed],
        kind === null ? null : [kind, replaced, typed],
      );
    });
  }
});
