import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { exportedTasks } from '../../../../src/tasks/beads/read-export.ts';

function read(...lines: readonly string[]) {
  const { tasks, problems } = exportedTasks(lines.join('\n'), asSourceId('pkg/.beads'));
  return {
    tasks: tasks.map(({ key, place }) => `${key} ${place.file}:${place.line}`),
    problems: problems.map(({ code, place }) => `${code} ${place.file}:${place.line}`),
  };
}

const issue = (id: string, fields = {}) => JSON.stringify({ id, title: id, ...fields });

describe('the export of beads', () => {
  it('has an issue in every line', () => {
    assert.deepEqual(read(issue('bd-1'), '', issue('bd-2', { _type: 'issue' }), ''), {
      tasks: [
        'pkg/.beads#bd-1 pkg/.beads/issues.jsonl:1',
        'pkg/.beads#bd-2 pkg/.beads/issues.jsonl:3',
      ],
      problems: [],
    });
  });

  it('may begin with a header, and hold other things', () => {
    const header = '{"_schema":"beads.jsonl/1"}';
    const memory = '{"_type":"memory","key":"k","value":"v"}';
    assert.deepEqual(read(header, memory, issue('bd-1')), {
      tasks: ['pkg/.beads#bd-1 pkg/.beads/issues.jsonl:3'],
      problems: [],
    });
  });

  it('loads although a line is torn, bad or in a conflict, and names the line', () => {
    const torn = issue('bd-2').slice(0, -4);
    const bad = issue('bd-3', { priority: 'high' });
    assert.deepEqual(read('<<<<<<< HEAD', issue('bd-1'), bad, 'null', torn), {
      tasks: ['pkg/.beads#bd-1 pkg/.beads/issues.jsonl:2'],
      problems: [1, 3, 4, 5].map((line) => `invalid-task pkg/.beads/issues.jsonl:${line}`),
    });
  });

  it('keeps no deleted issues', () => {
    const lines = [issue('bd-1', { status: 'tombstone' }), issue('bd-2', { deleted_at: 'x' })];
    assert.deepEqual(read(...lines), { tasks: [], problems: [] });
  });

  it('ends its lines as any system does', () => {
    assert.equal(read(`${issue('bd-1')}\r`, `${issue('bd-2')}\r`).tasks.length, 2);
  });
});
