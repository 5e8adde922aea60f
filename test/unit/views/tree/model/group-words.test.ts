import assert from 'node:assert/strict';
import { asGroupId, asSourceId, groupKey } from '../../../../../src/shared/ids.ts';
import type { ProblemView } from '../../../../../src/shared/view-models/group-views.ts';
import { ambiguousNames, conflictWords } from '../../../../../src/views/tree/model/group-words.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const named = (title: string, source: string) => ({
  key: groupKey(asSourceId(source), asGroupId(title)),
  title,
  source: asSourceId(source),
});
const shared = (what: string): ProblemView => ({
  severity: 'warning',
  code: 'shared-file',
  message: `Tasks of the group “auth” may write the same file: ${what}.`,
  place: null,
});

describe('the words of a group', () => {
  it('name what tells groups of one name apart, and nothing else', () => {
    const names = ambiguousNames([
      named('auth', 'api/tasks.md'),
      named('shop', 'api/tasks.md'),
      named('Auth', 'web/tasks.md'),
    ]);
    assert.deepEqual(Object.fromEntries(names), {
      'api/tasks.md#auth': 'api',
      'web/tasks.md#auth': 'web',
    });
  });

  it('name the file that tasks share', () => {
    const tasks = ['T1', 'T2'].map((id) => taskView(id, { files: ['src/b.ts', 'src/a.ts'] }));
    const one = shared('T1 and T2 both name src/a.ts');
    assert.equal(conflictWords(groupView(tasks, { problems: [one] })), '⚠ 2 tasks name src/a.ts');
    const two = shared('T1 and T2 both name src/b.ts');
    assert.equal(
      conflictWords(groupView(tasks, { problems: [one, two] })),
      '⚠ 2 tasks name src/a.ts and 1 more file',
    );
  });

  it('tell of a folder that a task names and of something in it', () => {
    const tasks = [
      taskView('T1', { files: ['src/api'] }),
      taskView('T2', { files: ['src/api/a.ts'] }),
    ];
    const problems = [shared('T1 names src/api, and T2 something in it')];
    assert.equal(conflictWords(groupView(tasks, { problems })), '⚠ 1 shared file');
  });

  it('are none where no file is shared', () => {
    const other = { ...shared(''), code: 'cycle' };
    assert.equal(conflictWords(groupView([], { problems: [other] })), '');
  });
});
