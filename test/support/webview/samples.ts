import { asSourceId, asTaskId, taskKey } from '../../../src/shared/ids.ts';
import type { PanelSnapshot } from '../../../src/shared/view-models/panel-protocol.ts';
import {
  endedRun,
  groupView,
  launched,
  metricsRow,
  runView,
  snapshotOf,
  START,
  taskView,
  testsView,
} from './views.ts';

const ops7 = { key: taskKey(asSourceId('ops.md'), asTaskId('ops-7')), id: 'ops-7' };
const proof = [
  { kind: 'exit', ok: true, detail: 'It ended with exit code 0.' },
  { kind: 'result', ok: true, detail: 'The agent said that it was done.' },
  { kind: 'permissions', ok: true, detail: 'Nothing was denied.' },
  { kind: 'diff', ok: true, detail: '2 files changed: src/auth/user.ts, test/user.test.ts.' },
] as const;

const done = taskView('T012', {
  ...launched(8, 50),
  title: 'Create User model',
  status: 'completed',
  appearance: 'completed',
  summary: 'Added the user model with validation, and tests for both.',
  evidence: proof,
  files: ['src/auth/user.ts'],
  usage: { inputTokens: 12_400, outputTokens: 1800, costUsd: 0.11 },
});
const running = taskView('T013', {
  ...launched(51, null),
  title: 'Login endpoint',
  status: 'in_progress',
  appearance: 'running',
  detail: 'claude · edit src/auth/login.ts',
  step: 'edit src/auth/login.ts',
  runnerPid: 4711,
  dependencies: [{ key: done.key, id: 'T012', status: 'completed' }],
});
const throttled = taskView('T011', {
  ...launched(8, null),
  title:
    'Rate limits for <b>every</b> endpoint & a title that is long enough to need a second line',
  status: 'pending',
  appearance: 'throttled',
  detail: 'throttled, goes on in 20 s',
  dueAt: START + 92_000,
  attempts: 2,
});
const asks = taskView('T016', {
  ...launched(40, null),
  title: 'Session storage',
  status: 'in_progress',
  appearance: 'needs_you',
  detail: 'asks: Allow npm install?',
  subagent: 'database-architect',
  subagentReason: 'metadata',
});
const blocked = taskView('T015', {
  title: 'Audit log',
  status: 'blocked',
  appearance: 'blocked',
  detail: 'blocked by ops-7 (in progress)',
  subagent: 'security-auditor',
  blockedBy: [{ ...ops7, status: 'in progress' }],
});
const waiting = taskView('T014', {
  title: 'Login form',
  appearance: 'waiting',
  detail: 'waits for T013',
  subagent: 'frontend-developer',
  dependencies: [{ key: running.key, id: 'T013', status: 'in_progress' }],
});

const failed = taskView('T013', {
  ...launched(51, 95),
  title: 'Login endpoint',
  status: 'failed',
  appearance: 'failed',
  detail: 'It said that it was done, but no file changed.',
  attempts: 3,
  failure: {
    reason: 'no_evidence',
    message: 'It said that it was done, but no file changed. It stays open.',
    remedy: 'Look at its output for what it said, then retry.',
  },
  evidence: [...proof.slice(0, 3), { kind: 'diff', ok: false, detail: 'No file changed.' }],
  summary: 'The endpoint exists already.',
});
const cancelled = taskView('T011', {
  ...launched(8, 70),
  title: 'Rate limits',
  status: 'cancelled',
  appearance: 'cancelled',
  detail: 'stopped · backend-architect · 1 min 2 s',
});
const proven = taskView('T016', {
  ...launched(52, 88),
  title: 'Session storage',
  status: 'completed',
  appearance: 'proven',
  detail: 'proven, not yet closed: tasks.md was changed by somebody else.',
  closeProblem: 'tasks.md was changed by somebody else.',
  evidence: proof,
});

const measured = (name: string) =>
  metricsRow(name, {
    attempts: 7,
    successes: 3,
    failures: [
      { reason: 'no_evidence', count: 1 },
      { reason: 'timeout', count: 2 },
    ],
    successRate: 0.5,
    throttles: 2,
    retries: 2,
    p50Ms: 42_000,
    p95Ms: 95_000,
    inputTokens: 1_248_200,
    outputTokens: 96_100,
    costUsd: 12,
  });

const part = { workflow: 'release', id: '20261121T120000Z-5f3a9c', stage: 'development', loop: 1 };

/** Samples for the panel: a live run, a failed run, empty states, and a workflow. */
export const SAMPLES = {
  running: snapshotOf(
    groupView([throttled, done, running, waiting, blocked, asks], {
      status: 'in_progress',
      canRun: false,
      canStop: true,
      run: runView({
        usage: { inputTokens: 48_200, outputTokens: 6100, costUsd: 0.42 },
        baseline: testsView({ message: '118 tests passed.' }),
        warnings: ['The skill mcp-builder was not found, so no agent was given it.'],
      }),
      problems: [
        {
          severity: 'warning',
          code: 'shared-file',
          message: 'T011 and T013 both name src/auth/login.ts and may write it at the same time.',
          place: { file: 'tasks.md', line: 14 },
        },
      ],
    }),
    72,
  ),
  failed: snapshotOf(
    groupView([cancelled, done, failed, blocked, proven], {
      status: 'failed',
      canRetry: true,
      run: endedRun(130, {
        usage: { inputTokens: 1_248_200, outputTokens: 96_100, costUsd: 12 },
        metrics: {
          total: measured(''),
          agents: [measured('claude')],
          subagents: [measured('backend-architect')],
        },
        exitCode: 1,
        baseline: testsView({ message: '118 tests passed.' }),
        tests: testsView({
          status: 'failed',
          passed: 116,
          failed: 2,
          message:
            '2 of 118 tests failed: login refuses a wrong password, login is logged; before the run 118 tests passed.',
          failures: [
            {
              name: 'login refuses a wrong password',
              message: 'AssertionError [ERR_ASSERTION]: 200 == 401',
            },
            { name: 'login is logged', message: '' },
          ],
        }),
        errors: ['T013: It said that it was done, but no file changed. It stays open.'],
        proposedTasks: [
          '- [ ] Fix the failing test: login refuses a wrong password',
          '- [ ] Fix the failing test: login is logged',
        ],
      }),
    }),
    330,
  ),
  fresh: snapshotOf(
    groupView([taskView('T001', { title: 'Set up the database' }), waiting], { canRun: false }),
    0,
    false,
  ),
  empty: snapshotOf(null, 0),
  workflow: {
    ...snapshotOf(groupView([done], { run: endedRun(90, { stage: part }) }), 95),
    workflow: {
      name: part.workflow,
      id: part.id,
      state: 'failed',
      detail: 'release: 0 of 3 stages completed, 1 skipped, 1 failed, 1 task failed.',
      stages: [
        {
          id: 'development',
          state: 'failed',
          loop: 1,
          detail: '1 of 2 tasks, 1 failed',
          gate: '80 % wanted, 50 % reached',
          gateOpen: false,
        },
        { id: 'devops', state: 'skipped', loop: 0, detail: 'no tasks', gate: null, gateOpen: null },
        {
          id: 'monitoring',
          state: 'waiting',
          loop: 0,
          detail: '1 task',
          gate: null,
          gateOpen: null,
        },
      ],
      loops: 1,
      maxLoops: 1,
      errors: ['The workflow may go back to development no more: its limit is 1 feedback loop.'],
    },
  },
} satisfies Record<string, PanelSnapshot>;
