import {
  changesExpectedOf,
  roleOfSubagent,
  typeOfSubagent,
} from '../../coordinator/agents/subagent-types.ts';
import { blockersOf } from '../../coordinator/plan/blockers.ts';
import { type Durations, estimate, NOTHING_LEARNED } from '../../coordinator/plan/durations.ts';
import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import { sourceHash } from '../../coordinator/plan/source-hash.ts';
import { subagentChooser } from '../../coordinator/plan/subagents.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type {
  LaunchSpec,
  PlannedTask,
  RunSpec,
  SuiteSpec,
} from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan, PlanContext, Task } from '../../coordinator/schema/task.ts';
import { asAgentId, type RunId, SEQUENTIAL, type TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';
import { type Dispatcher, type FindProgram, resolveAgents } from '../agents/resolve-agents.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import { findSkills } from '../prompt/find-skills.ts';
import { freezeMutexes } from './freeze-mutexes.ts';
import type { WorkflowPart } from './workflow-part.ts';

/** The input of a frozen plan. */
export interface FreezeOptions {
  readonly run: RunId;
  readonly group: Group;
  readonly plan: Plan;
  readonly config: Config;
  readonly workspaceRoot: string;
  readonly find: FindProgram;
  /** The agents that can accept tasks now; default: according to the configuration alone. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly refresh: SuiteSpec;
  readonly tests: SuiteSpec | null;
  /** The previous run, whose proven but open tasks are carried over. */
  readonly previous: RunState | null;
  readonly conflicts: ConflictChoice;
  /** The run's part in a workflow; `null`: none. */
  readonly part: WorkflowPart | null;
  /** Durations learned from earlier runs; default: none. */
  readonly durations?: Durations;
}

/** Freezes the plan of a run: later edits of the plan file do not change it. */
export async function freezePlan(options: FreezeOptions): Promise<RunSpec> {
  const { group, config, plan } = options;
  const sequential = group.id === SEQUENTIAL;
  const warnings: string[] = [];
  const blockers = blockersOf(group, plan);
  const tasks: PlannedTask[] = [];
  for (const task of group.tasks) {
    tasks.push(await planTask(task, blockers.get(task.key) ?? [], options, warnings));
  }
  return {
    run: options.run,
    group: group.key,
    groupId: group.id,
    source: group.source,
    sourceHash: sourceHash(plan, group.source),
    sequential,
    tasks,
    maxConcurrent: sequential ? 1 : config.maxConcurrent,
    retryDelayMs: config.retryDelayMs,
    repairs: config.repairs,
    refresh: options.refresh,
    tests: options.tests,
    testsRequired: config.test.required,
    kind: 'group',
    limits: { taskTimeoutMs: config.taskTimeoutMs, runTimeoutMs: config.runTimeoutMs },
    breaker: config.breaker,
    openBreakers: openBreakers(options.dispatcher),
    budget: config.policies.budget,
    approveEachTask: config.policies.approval === 'each-task',
    stage: options.part?.stage ?? null,
    blackboard: freezeBlackboard(config, plan, group, options.part?.findings ?? []),
    roles: { ...config.roles },
    mutexes: freezeMutexes(group, plan, options.conflicts),
    warnings,
  };
}

async function planTask(
  task: Task,
  blockers: readonly Blocker[],
  options: FreezeOptions,
  warnings: string[],
): Promise<PlannedTask> {
  const { group, config, workspaceRoot } = options;
  const inside = new Set(
    group.tasks.filter(({ status }) => status.launchable).map(({ key }) => key),
  );
  const { subagent, reason } = subagentChooser(config.subagents)(task);
  const excluded = task.status.launchable ? null : task.status.word;
  const resolved =
    excluded === null
      ? await resolveAgents(task, subagent, config, options.find, options.dispatcher)
      : { agents: [], warnings: [], refusal: null, code: null, subagent };
  const skills = await findSkills(workspaceRoot, excluded === null ? task.skills : []);
  warnings.push(
    ...resolved.warnings,
    ...skills.missing.map((name) => t('{0}: the skill {1} was not found.', task.id, name)),
  );
  return {
    key: task.key,
    id: task.id,
    title: task.title,
    fingerprint: task.fingerprint,
    place: { ...task.place },
    dependencies: task.dependencies.filter((key) => inside.has(key)),
    blockedBy: blockersOutside(blockers, inside),
    priority: task.priority,
    subagent: resolved.subagent,
    subagentReason: reason,
    skillsApplied: skills.found.map(({ name }) => name),
    files: [...task.files],
    run: task.run,
    test: testOf(task, config),
    noChange: task.noChange === true,
    excluded,
    agents: resolved.agents.map((agent) => withExpectation(agent, task, config)),
    refusal: resolved.refusal,
    code: resolved.code,
    type: typeOfSubagent(config, resolved.subagent),
    role: roleOfSubagent(config, resolved.subagent),
    estimateMs: estimate(options.durations ?? NOTHING_LEARNED, {
      source: group.source,
      fingerprint: task.fingerprint,
      subagent: resolved.subagent,
      agent: resolved.agents[0]?.agent,
    }),
    carriedFrom:
      excluded === null && options.part?.again.has(task.key) !== true
        ? carriedFrom(task, options.previous)
        : null,
  };
}

/** Sets whether changes are expected: the task overrides its subagent; a command's exit alone is its evidence. */
function withExpectation(agent: LaunchSpec, { noChange, run }: Task, config: Config): LaunchSpec {
  return run !== null
    ? agent
    : {
        ...agent,
        expectsChanges: noChange !== true && changesExpectedOf(config, agent.subagent),
      };
}

/** Returns the suite of the task's own test, with the time limit of the run's suite. */
function testOf({ test }: Task, config: Config): PlannedTask['test'] {
  return test === undefined
    ? null
    : {
        command: { kind: 'shell', line: test },
        timeoutMs: config.test.timeoutMs,
        label: test,
        parser: 'none',
      };
}

/** Returns the breakers that an earlier run opened and whose time has not passed. */
export function openBreakers(dispatcher: Dispatcher | undefined): RunSpec['openBreakers'] {
  if (dispatcher === undefined) {
    return [];
  }
  const { breakers, now } = dispatcher.facts;
  return [...breakers].flatMap(([agent, { until }]) =>
    until > now ? [{ agent: asAgentId(agent), until }] : [],
  );
}

function blockersOutside(blockers: readonly Blocker[], inside: ReadonlySet<TaskKey>): Blocker[] {
  return blockers.filter(({ key }) => !inside.has(key)).map((blocker) => ({ ...blocker }));
}

/** Returns the run that proved the task but could not close it, so that no run does it again; `null` if none. */
function carriedFrom(task: Task, previous: RunState | null): RunId | null {
  if (previous === null || satisfies(task.status)) {
    return null;
  }
  const record = previous.order.find(({ planned }) => planned.fingerprint === task.fingerprint);
  return record?.state.kind === 'completed' && record.state.close.kind !== 'closed'
    ? (record.planned.carriedFrom ?? previous.plan.run)
    : null;
}

/** Returns the initial blackboard of a run: the configuration's context, then that of the plan's front matter. */
function freezeBlackboard(
  config: Config,
  plan: Plan,
  group: Pick<Group, 'source'>,
  findings: readonly string[],
): RunSpec['blackboard'] {
  const frontMatter = plan.sources.find(({ file }) => file === group.source)?.context;
  const merged = (key: keyof PlanContext): string[] => [
    ...new Set([...config.context[key], ...(frontMatter?.[key] ?? [])]),
  ];
  return {
    requirements: merged('requirements'),
    constraints: merged('constraints'),
    decisions: merged('decisions'),
    artifacts: {},
    findings: [...findings],
  };
}
