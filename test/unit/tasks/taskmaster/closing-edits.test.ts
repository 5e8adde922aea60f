import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import type { TaskFormat } from '../../../../src/tasks/format/format.ts';
import { taskMasterFormat } from '../../../../src/tasks/taskmaster/taskmaster-format.ts';

const path = asSourceId('.taskmaster/tasks/tasks.json');

describe('closing a task of Task Master', () => {
  const close = (
    text: string,
    tag: string,
    id: string,
    status: Parameters<ReturnType<TaskFormat['edits']>>[1] = 'completed',
  ) => {
    const source = asSourceId(tag === '' ? path : `${path}@${tag}`);
    const task = taskMasterFormat
      .read(text, path)
      .tasks.find((each) => each.source === source && each.id === id);
    const wanted = { source, id, fingerprint: task?.fingerprint ?? 'gone' };
    const planned = taskMasterFormat.edits(text, path)(wanted, status);
    if (!planned.ok) {
      return planned.failure.reason;
    }
    if (planned.value === 'unchanged') {
      return 'unchanged';
    }
    const { offset, length, text: written } = planned.value;
    return text.slice(0, offset) + written + text.slice(offset + length);
  };
  const task = (status: string) => `{"id":1,"title":"A","status":"${status}"}`;

  const written: readonly (readonly [what: string, before: string, id: string, after: string])[] = [
    [
      'says done where the file says nothing',
      `{"master":{"tasks":[${task('pending')}]}}`,
      '1',
      `{"master":{"tasks":[${task('done')}]}}`,
    ],
    [
      'says completed where the file does',
      `{"master":{"tasks":[${task('pending')}]},"b":{"tasks":[${task('completed')}]}}`,
      '1',
      `{"master":{"tasks":[${task('completed')}]},"b":{"tasks":[${task('completed')}]}}`,
    ],
    [
      'changes the sub-task alone, of the tag that is meant',
      `{"b":{"tasks":[{"id":1,"title":"P","status":"pending","subtasks":[${task('pending')}]}]},\r\n "master":{"tasks":[{"id":1,"title":"P","status":"pending","subtasks":[${task('pending')}]}]}}`,
      '1.1',
      `{"b":{"tasks":[{"id":1,"title":"P","status":"pending","subtasks":[${task('pending')}]}]},\r\n "master":{"tasks":[{"id":1,"title":"P","status":"pending","subtasks":[${task('done')}]}]}}`,
    ],
    [
      'closes a parent like any task',
      `{"master":{"tasks":[{"id":1,"subtasks":[${task('done')}],"status" : "in-progress"}]}}`,
      '1',
      `{"master":{"tasks":[{"id":1,"subtasks":[${task('done')}],"status" : "done"}]}}`,
    ],
    [
      'adds a status where there is none',
      '{"master":{"tasks":[{ "id": 1, "title": "A" }]}}',
      '1',
      '{"master":{"tasks":[{ "id": 1, "title": "A", "status": "done" }]}}',
    ],
  ];
  for (const [what, before, id, after] of written) {
    it(what, () => assert.equal(close(before, 'master', id), after));
  }

  it('writes into a file of the older form', () => {
    assert.equal(close(`{"tasks":[${task('pending')}]}`, '', '1'), `{"tasks":[${task('done')}]}`);
  });

  it('leaves a task that failed or was cancelled as open as it was', () => {
    const text = `{"master":{"tasks":[${task('pending')}]}}`;
    assert.equal(close(text, 'master', '1', 'failed'), 'unchanged');
    assert.equal(close(text, 'master', '1', 'cancelled'), 'unchanged');
    assert.equal(close(`{"master":{"tasks":[${task('Done')}]}}`, 'master', '1'), 'unchanged');
  });

  it('is refused for a task that is gone, and while the file is broken', () => {
    const text = `{"master":{"tasks":[${task('pending')}]}}`;
    assert.equal(close(text, 'gone', '1'), 'missing');
    assert.equal(close(text, 'master', '2'), 'missing');
    assert.equal(close(text.slice(0, -1), 'master', '1'), 'malformed');
  });
});
