import assert from 'node:assert/strict';
import { parseFilter } from '../../../../../src/views/tree/model/filter.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const place = { file: 'docs/plan.md', line: 3 };
const tasks = [
  taskView('T1', { title: 'Create the User model', files: ['src/user.ts'], status: 'completed' }),
  taskView('T2', { title: 'Sign in', subagent: 'security-auditor', status: 'in_progress' }),
  taskView('T3', { title: 'Use @scope/package', place, status: 'failed' }),
  taskView('T4', { title: 'Sign a form out', status: 'blocked' }),
  taskView('T5', { title: 'Drop it', status: 'cancelled', launchable: false }),
  taskView('T6', { title: 'Stopped', status: 'cancelled' }),
  taskView('T7', { title: 'Later' }),
];
const group = groupView(tasks, { title: 'Auth' });

function matches(text: string): string {
  const matcher = parseFilter(text);
  return matcher === null
    ? 'no filter'
    : tasks.flatMap((task) => (matcher(task, group) ? [task.id] : [])).join(' ');
}

describe('a filter of tasks', () => {
  const all = 'T1 T2 T3 T4 T5 T6 T7';
  const cases: readonly (readonly [what: string, text: string, found: string])[] = [
    ['is none without a word', '   ', 'no filter'],
    ['is none of empty quotes', '""', 'no filter'],
    ['finds an id', 't2', 'T2'],
    ['finds part of a title, in any case', 'USER', 'T1'],
    ['finds a group', 'auth', all],
    ['finds a subagent', 'auditor', 'T2'],
    ['finds the plan', 'docs/', 'T3'],
    ['finds a file that a task names', 'src/user.ts', 'T1'],
    ['wants all words', 'sign in', 'T2'],
    ['takes quoted words as one', '"sign a"', 'T4'],
    ['takes a quotation that is still being typed', '"sign a', 'T4'],
    ['knows what failed', '@failed', 'T3'],
    ['knows what is blocked', '@blocked', 'T4'],
    ['knows what runs', '@running', 'T2'],
    ['knows what is done', '@done', 'T1'],
    ['knows what is open: neither done nor given up', '@open', 'T2 T3 T4 T6 T7'],
    ['takes any of several statuses', '@failed @blocked', 'T3 T4'],
    ['wants status and words', 'sign @blocked', 'T4'],
    ['takes the beginning of a status', '@fa', 'T3'],
    ['shows everything for a lone @', '@', 'T1 T2 T3 T4 T6 T7'],
    ['takes another @ as text', '@scope', 'T3'],
    ['takes a quoted status as text', '"@failed"', ''],
    ['can find nothing', 'nothing of this kind', ''],
  ];
  for (const [what, text, found] of cases) {
    it(`${what}: ${JSON.stringify(text)}`, () => {
      assert.equal(matches(text), found);
    });
  }
});
