import type {
  LaunchSpec,
  PlannedTask,
  RunSpec,
  SuiteSpec,
} from '../../../src/coordinator/schema/run-spec.ts';
import {
  asAgentId,
  asGroupKey,
  asRunId,
  asTaskKey,
  type TaskKey,
} from '../../../src/shared/ids.ts';

/** Returns the key of the task that a test calls `id`. */
export function keyOf(id: string): TaskKey {
  return asTaskKey(`tasks.md#${id}`);
}

/** Makes an agent with two retries, with the changes of a test. */
export function agentPlan(agent: string, changes: Partial<LaunchSpec> = {}): LaunchSpec {
  return {
    agent: asAgentId(agent),
    subagent: 'backend-architect',
    command: { kind: 'argv', argv: [agent, '--print'] },
    model: null,
    tools: null,
    adapter: 'claude',
    stdin: 'prompt',
    env: {},
    timeoutMs: 60_000,
    maxRetries: 2,
    provider: '',
    maxConcurrent: null,
    price: null,
    expectsChanges: true,
    resume: null,
    ...changes,
  };
}

/**
 * Makes a task for Claude Code without dependencies, with the changes of a test; `after` lists short ids of its
 * dependencies.
 */
export function plannedTask(
  id: string,
  { after = [], ...changes }: Partial<PlannedTask> & { readonly after?: readonly string[] } = {},
): PlannedTask {
  return {
    key: keyOf(id),
    id,
    title: `Do ${id}`,
    fingerprint: `do ${id}`,
    place: { file: 'tasks.md', line: 1 },
    dependencies: after.map(keyOf),
    blockedBy: [],
    priority: 2,
    subagent: 'backend-architect',
    subagentReason: 'default',
    skillsApplied: [],
    files: [],
    run: null,
    test: null,
    noChange: false,
    excluded: null,
    agents: [agentPlan('claude')],
    refusal: null,
    code: null,
    type: 'coding',
    role: 'drafter',
    estimateMs: 1,
    carriedFrom: null,
    ...changes,
  };
}

/** Makes a suite of the run itself. */
export function checkPlan(label: string): SuiteSpec {
  return {
    command: { kind: 'argv', argv: label.split(' ') },
    timeoutMs: 120_000,
    label,
    parser: 'npm',
  };
}

/** Makes a run of these tasks, four at a time, whose suite is `npm test`, with the changes of a test. */
export function runPlan(
  tasks: readonly (PlannedTask | string)[],
  changes: Partial<RunSpec> = {},
): RunSpec {
  return {
    run: asRunId('20260101T000000Z-abcdef'),
    group: asGroupKey('tasks.md#auth'),
    groupId: 'auth',
    source: 'tasks.md',
    sourceHash: 'a1b2c3',
    sequential: false,
    tasks: tasks.map((task) => (typeof task === 'string' ? plannedTask(task) : task)),
    maxConcurrent: 4,
    retryDelayMs: 500,
    repairs: 0,
    refresh: checkPlan('claude /flow:summary'),
    tests: checkPlan('npm test'),
    testsRequired: false,
    kind: 'group',
    limits: { taskTimeoutMs: null, runTimeoutMs: null },
    breaker: { failures: 3, cooldownMs: 60_000 },
    openBreakers: [],
    budget: { maxCostUsd: null, maxTokens: null },
    approveEachTask: false,
    stage: null,
    blackboard: { requirements: [], constraints: [], decisions: [], artifacts: {}, findings: [] },
    roles: {},
    mutexes: [],
    warnings: [],
    ...changes,
  };
}
