import { strict as assert } from 'node:assert';
import type { Evidence } from '../../../../../src/shared/view-models/group-views.ts';
import { evidenceList } from '../../../../../src/webview/parts/tasks/evidence-list.ts';
import { taskDetails } from '../../../../../src/webview/parts/tasks/task-details.ts';
import { wordsOf } from '../../../../support/webview/template-words.ts';
import { taskView } from '../../../../support/webview/views.ts';

const EVIDENCE: readonly Evidence[] = [
  { kind: 'exit', ok: true, detail: 'It ended with exit code 0.' },
  { kind: 'permissions', ok: true, note: 'warning', detail: 'It was denied WebFetch.' },
  { kind: 'report', ok: true, note: 'neutral', detail: 'It reported no result.' },
  { kind: 'tests', ok: false, detail: 'Its own test failed: 1 of 2 tests failed.\n1 !== 2\n<b>' },
];

describe('the evidence of a task in the panel', () => {
  it('is an item for each thing looked at, with how it speaks and why', () => {
    assert.deepEqual(wordsOf(evidenceList(EVIDENCE)), [
      'Yes: Exit: It ended with exit code 0.',
      'Warning: Permissions: It was denied WebFetch.',
      'Neither: Result file: It reported no result.',
      'No: Test: Its own test failed: 1 of 2 tests failed. 1 !== 2 <b>',
    ]);
  });

  it('stands among the details of its task, with what the task says of its proof', () => {
    const facts = { evidence: EVIDENCE.slice(0, 1), test: 'npm test', noChange: true } as const;
    const words = wordsOf(taskDetails(taskView('T1', facts))).join('\n');
    assert.match(words, /Exit: It ended with exit code 0\./);
    assert.match(words, /Proven by npm test/);
    assert.match(words, /Changes No file has to change for it\./);
  });
});
