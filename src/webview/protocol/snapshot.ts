import {
  asAgentId,
  asGroupId,
  asGroupKey,
  asRunId,
  asSourceId,
  asTaskId,
  asTaskKey,
} from '../../shared/ids.ts';
import { PHASES, TASK_STATUSES } from '../../shared/status.ts';
import type {
  Blocker,
  Evidence,
  GroupCounts,
  GroupView,
  MetricsRow,
  MetricsView,
  PhaseView,
  Place,
  ProblemView,
  RunView,
  TaskView,
  TestsView,
  Usage,
} from '../../shared/view-models/group-views.ts';
import type { PanelSnapshot } from '../../shared/view-models/panel-protocol.ts';
import type { StagePart, StageView, WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { APPEARANCE_WORDS } from '../facts/appearance.ts';
import { boolean, idOf, listOf, nullable, number, oneOf, optional, shape, text } from './check.ts';
import { isFailure, isReason } from './failure.ts';

const isUsage = shape<Usage>({
  inputTokens: number,
  outputTokens: number,
  costUsd: nullable(number),
  costEstimated: optional(boolean),
});
const isEvidence = shape<Evidence>({
  kind: oneOf('exit', 'result', 'permissions', 'diff', 'unnamed', 'report', 'tests', 'person'),
  ok: boolean,
  detail: text,
  note: optional(oneOf('warning', 'neutral')),
});
const isPlace = shape<Place>({ file: text, line: number });
const isBlocker = shape<Blocker>({ key: idOf(asTaskKey), id: text, status: text });
const isDependency = shape<TaskView['dependencies'][number]>({
  key: idOf(asTaskKey),
  id: text,
  status: oneOf(...TASK_STATUSES, 'unknown'),
});

const isAppearance = (value: unknown): value is TaskView['appearance'] =>
  typeof value === 'string' && Object.hasOwn(APPEARANCE_WORDS, value);

const isTask = shape<TaskView>({
  key: idOf(asTaskKey),
  id: idOf(asTaskId),
  title: text,
  status: oneOf(...TASK_STATUSES),
  appearance: isAppearance,
  detail: text,
  place: isPlace,
  priority: number,
  subagent: text,
  subagentReason: oneOf('metadata', 'detected', 'default'),
  agent: nullable(idOf(asAgentId)),
  run: nullable(text),
  test: optional(text),
  noChange: optional((value): value is true => value === true),
  files: listOf(text),
  dependencies: listOf(isDependency),
  blockedBy: listOf(isBlocker),
  launchable: boolean,
  wave: number,
  attempts: number,
  maxAttempts: number,
  takesUp: nullable(text),
  startedAt: nullable(number),
  endedAt: nullable(number),
  dueAt: nullable(number),
  step: nullable(text),
  usage: nullable(isUsage),
  summary: nullable(text),
  evidence: listOf(isEvidence),
  failure: nullable(isFailure),
  attemptDir: nullable(text),
  runnerPid: nullable(number),
  closeProblem: nullable(text),
  why: nullable(text),
  canNudge: boolean,
  canStop: boolean,
  asksProof: boolean,
});

const isPhase = shape<PhaseView>({
  phase: oneOf(...PHASES),
  state: oneOf('waiting', 'running', 'done', 'failed', 'skipped'),
  startedAt: nullable(number),
  endedAt: nullable(number),
  detail: text,
});
const isTests = shape<TestsView>({
  status: oneOf('passed', 'failed', 'none', 'skipped'),
  command: nullable(text),
  total: nullable(number),
  passed: nullable(number),
  failed: nullable(number),
  durationMs: number,
  failures: listOf(shape<TestsView['failures'][number]>({ name: text, message: text })),
  message: text,
});
const isProblem = shape<ProblemView>({
  severity: oneOf('error', 'warning'),
  code: text,
  message: text,
  place: nullable(isPlace),
});

const isMetricsRow = shape<MetricsRow>({
  name: text,
  attempts: number,
  successes: number,
  failures: listOf(shape<MetricsRow['failures'][number]>({ reason: isReason, count: number })),
  successRate: nullable(number),
  throttles: number,
  retries: number,
  repairs: number,
  p50Ms: nullable(number),
  p95Ms: nullable(number),
  inputTokens: number,
  outputTokens: number,
  costUsd: nullable(number),
  costEstimated: optional(boolean),
});

const isRun = shape<RunView>({
  id: idOf(asRunId),
  startedAt: number,
  endedAt: nullable(number),
  phase: oneOf(...PHASES),
  phases: listOf(isPhase),
  state: oneOf('running', 'stopping', 'ended', 'suspended'),
  holder: oneOf('mine', 'other', 'nobody'),
  holderName: nullable(text),
  maxConcurrent: number,
  baseline: nullable(isTests),
  tests: nullable(isTests),
  usage: nullable(isUsage),
  budget: nullable(text),
  metrics: shape<MetricsView>({
    total: isMetricsRow,
    agents: listOf(isMetricsRow),
    subagents: listOf(isMetricsRow),
  }),
  warnings: listOf(text),
  errors: listOf(text),
  exitCode: nullable(number),
  refreshCompleted: nullable(boolean),
  proposedTasks: listOf(text),
  stage: nullable(shape<StagePart>({ workflow: text, id: text, stage: text, loop: number })),
});

const isGroup = shape<GroupView>({
  key: idOf(asGroupKey),
  id: idOf(asGroupId),
  title: text,
  source: idOf(asSourceId),
  sequential: boolean,
  status: oneOf(...TASK_STATUSES),
  detail: text,
  counts: shape<GroupCounts>({
    total: number,
    completed: number,
    running: number,
    blocked: number,
    failed: number,
    cancelled: number,
  }),
  tasks: listOf(isTask),
  waves: listOf(listOf(idOf(asTaskKey))),
  problems: listOf(isProblem),
  run: nullable(isRun),
  canRun: boolean,
  canStop: boolean,
  canRetry: boolean,
});

const isWorkflow = shape<WorkflowView>({
  name: text,
  id: text,
  state: oneOf('running', 'interrupted', 'completed', 'failed', 'cancelled'),
  detail: text,
  stages: listOf(
    shape<StageView>({
      id: text,
      state: oneOf('waiting', 'running', 'completed', 'skipped', 'failed', 'cancelled'),
      loop: number,
      detail: text,
      gate: nullable(text),
      gateOpen: nullable(boolean),
    }),
  ),
  loops: number,
  maxLoops: number,
  errors: listOf(text),
});

/** Whether a message to the page is a snapshot; anything else (other extensions' pages, frames) is left alone. */
export const isPanelSnapshot = shape<PanelSnapshot>({
  type: oneOf('snapshot'),
  groups: listOf(
    shape<PanelSnapshot['groups'][number]>({ key: idOf(asGroupKey), title: text, source: text }),
  ),
  group: nullable(isGroup),
  workflow: nullable(isWorkflow),
  now: number,
  trusted: boolean,
});
