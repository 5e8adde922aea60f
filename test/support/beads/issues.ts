import assert from 'node:assert/strict';
import type { Task } from '../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../src/shared/ids.ts';
import { type Issue, readIssue } from '../../../src/tasks/beads/issues/issue-schema.ts';
import type { StatusCategory } from '../../../src/tasks/beads/issues/issue-status.ts';
import { issueTasks } from '../../../src/tasks/beads/issues/issue-tasks.ts';

const NOW = Date.UTC(2026, 0, 1);

/** Reads issues in bd's output format into tasks and problems; the time is the beginning of 2026. */
export function read(values: readonly object[], categories: Record<string, StatusCategory> = {}) {
  const issues: Issue[] = [];
  const bad: { id: string | null; message: string }[] = [];
  for (const value of values) {
    const issue = readIssue(value);
    if (issue.ok) {
      issues.push(issue.value);
    } else {
      bad.push(issue.failure);
    }
  }
  return issueTasks(
    { issues, bad },
    {
      source: asSourceId('.beads'),
      categories: new Map(Object.entries(categories)),
      placeOf: (id) => ({ file: '.beads/issues.jsonl', line: id === null ? 1 : 7 }),
      now: NOW,
    },
  );
}

/** Returns the task of a single issue `bd-1` with these fields. */
export function only(fields: object, categories: Record<string, StatusCategory> = {}): Task {
  const { tasks } = read([{ id: 'bd-1', title: 'One', ...fields }], categories);
  assert.equal(tasks.length, 1);
  const [task] = tasks;
  assert.ok(task !== undefined);
  return task;
}

/** Returns the codes of the problems of these issues. */
export function codes(...values: readonly object[]): readonly string[] {
  return read(values).problems.map(({ code }) => code);
}

/** Returns `id: its dependencies` for every task. */
export function waits(...values: readonly object[]): readonly string[] {
  return read(values).tasks.map(
    ({ id, dependencies }) => `${id}: ${dependencies.map((key) => key.split('#')[1]).join(' ')}`,
  );
}

/** Makes a dependency as `bd list` prints it. */
export const blocks = (on: string, type = 'blocks') => ({ issue_id: 'x', depends_on_id: on, type });
