import { asAgentId, asGroupId, asRunId, asSourceId, asTaskId } from '../../../src/shared/ids.ts';
import { groupKey, taskKey } from '../../../src/shared/ids.ts';
import { PHASES } from '../../../src/shared/status.ts';
import type {
  GroupView,
  MetricsRow,
  RunView,
  TaskView,
  TestsView,
} from '../../../src/shared/view-models/group-views.ts';
import {
  PANEL_VERSION,
  type PanelSnapshot,
} from '../../../src/shared/view-models/panel-protocol.ts';

const SOURCE = asSourceId('tasks.md');
/** Start of the sample runs, ms since the epoch. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

/** Makes a task that has not run, with `changes`. */
export function taskView(id: string, changes: Partial<TaskView> = {}): TaskView {
  return {
    key: taskKey(SOURCE, asTaskId(id)),
    id: asTaskId(id),
    title: `Task ${id}`,
    status: 'pending',
    appearance: 'pending',
    detail: 'backend-architect',
    place: { file: SOURCE, line: 12 },
    priority: 2,
    subagent: 'backend-architect',
    subagentReason: 'detected',
    agent: null,
    run: null,
    files: [],
    dependencies: [],
    blockedBy: [],
    launchable: true,
    wave: 0,
    attempts: 0,
    maxAttempts: 3,
    takesUp: null,
    startedAt: null,
    endedAt: null,
    dueAt: null,
    step: null,
    usage: null,
    summary: null,
    evidence: [],
    failure: null,
    attemptDir: null,
    runnerPid: null,
    closeProblem: null,
    why: null,
    canNudge: false,
    canStop: false,
    asksProof: false,
    ...changes,
  };
}

/** Returns the properties of a launched task; `from` and `to` in seconds after `START`. */
export function launched(from: number, to: number | null): Partial<TaskView> {
  return {
    agent: asAgentId('claude'),
    attempts: 1,
    startedAt: START + from * 1000,
    endedAt: to === null ? null : START + to * 1000,
    attemptDir: '/project/.parallel-groups/runs/r/attempts/t/1',
  };
}

/** Makes the metrics of an agent, with `changes`. */
export function metricsRow(name: string, changes: Partial<MetricsRow> = {}): MetricsRow {
  return {
    name,
    attempts: 0,
    successes: 0,
    failures: [],
    successRate: null,
    throttles: 0,
    retries: 0,
    repairs: 0,
    p50Ms: null,
    p95Ms: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: null,
    ...changes,
  };
}

/** Makes a run in its third phase, with `changes`. */
export function runView(changes: Partial<RunView> = {}): RunView {
  return {
    id: asRunId('20261121T093000Z-5f3a9c'),
    startedAt: START,
    endedAt: null,
    phase: 'coordination',
    phases: PHASES.map((phase, place) => ({
      phase,
      state: place < 2 ? 'done' : place === 2 ? 'running' : 'waiting',
      startedAt: place < 3 ? START + place * 4000 : null,
      endedAt: place < 2 ? START + (place + 1) * 4000 : null,
      detail: ['context fresh', '4 launched', '2 done, 1 running', 'npm test'][place] ?? '',
    })),
    state: 'running',
    holder: 'mine',
    holderName: null,
    maxConcurrent: 2,
    baseline: null,
    tests: null,
    usage: null,
    metrics: { total: metricsRow(''), agents: [], subagents: [] },
    warnings: [],
    errors: [],
    exitCode: null,
    refreshCompleted: true,
    budget: null,
    proposedTasks: [],
    stage: null,
    ...changes,
  };
}

/** Makes the same run after its end, `seconds` after its start. */
export function endedRun(seconds: number, changes: Partial<RunView> = {}): RunView {
  const run = runView();
  const endedAt = START + seconds * 1000;
  const last = { startedAt: endedAt - 9000, endedAt, state: 'done' as const };
  return {
    ...run,
    endedAt,
    state: 'ended',
    phase: 'post_execution',
    phases: run.phases.map((phase, place) =>
      place === 3
        ? { ...phase, ...last }
        : { ...phase, state: 'done', endedAt: phase.endedAt ?? last.startedAt },
    ),
    exitCode: 0,
    ...changes,
  };
}

/** Makes a result of the test suite. */
export function testsView(changes: Partial<TestsView> = {}): TestsView {
  return {
    status: 'passed',
    command: 'npm test',
    total: 118,
    passed: 118,
    failed: 0,
    durationMs: 8200,
    failures: [],
    message: '118 tests passed, as before.',
    ...changes,
  };
}

/** Makes a group of `tasks`, with their counts. */
export function groupView(tasks: readonly TaskView[], changes: Partial<GroupView> = {}): GroupView {
  const count = (status: TaskView['status']) =>
    tasks.filter((task) => task.status === status).length;
  return {
    key: groupKey(SOURCE, asGroupId('auth')),
    id: asGroupId('auth'),
    title: 'auth',
    source: SOURCE,
    format: 'Markdown',
    sequential: false,
    status: 'pending',
    detail: `${tasks.length} tasks`,
    counts: {
      total: tasks.length,
      completed: count('completed'),
      running: count('in_progress'),
      blocked: count('blocked'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    tasks,
    waves: [tasks.map(({ key }) => key)],
    problems: [],
    run: null,
    canRun: true,
    canStop: false,
    canRetry: false,
    ...changes,
  };
}

/** Makes the snapshot that the extension sends for `group`, `seconds` after `START`. */
export function snapshotOf(
  group: GroupView | null,
  seconds: number,
  trusted = true,
): PanelSnapshot {
  const infra = { key: groupKey(SOURCE, asGroupId('infra')), title: 'infra', source: SOURCE };
  return {
    type: 'snapshot',
    version: PANEL_VERSION,
    groups:
      group === null ? [] : [{ key: group.key, title: group.title, source: group.source }, infra],
    group,
    workflow: null,
    now: START + seconds * 1000,
    trusted,
  };
}
