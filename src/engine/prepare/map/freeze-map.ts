import { roleOfSubagent, typeOfSubagent } from '../../../coordinator/agents/subagent-types.ts';
import type { RunState, TaskRecord } from '../../../coordinator/run/state/state.ts';
import type { Config } from '../../../coordinator/schema/config.ts';
import type {
  LaunchSpec,
  PlannedTask,
  RunSpec,
  SuiteSpec,
} from '../../../coordinator/schema/run-spec.ts';
import {
  asGroupId,
  asTaskKey,
  type GroupKey,
  groupKey,
  MAP_SOURCE,
  type RunId,
} from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { sha256Hex } from '../../../system/hash.ts';
import { anyTask } from '../../agents/any-task.ts';
import { type Dispatcher, type FindProgram, resolveAgents } from '../../agents/resolve-agents.ts';
import type { RunOptions } from '../choose-run.ts';
import { openBreakers } from '../freeze-plan.ts';

/** An agent and the units to which it is applied separately. */
export interface MapRequest {
  /** Name of an agent, or of a subagent, which stands for its agent. */
  readonly agent: string;
  /** Files relative to the workspace, or any other ids; unique. */
  readonly units: readonly string[];
  /** What the user wants done with each unit; `null`: what the agent does by default. */
  readonly instruction: string | null;
  /** Kind of the units; `unit`: they need not be files. */
  readonly of: 'file' | 'unit';
}

interface MapContext {
  readonly run: RunId;
  readonly config: Config;
  readonly find: FindProgram;
  readonly dispatcher: Dispatcher;
}

/**
 * Freezes the run of a map: one task for each unit, with one attempt each, and nothing else. The failure is a sentence
 * that explains why the agent cannot be used.
 */
export async function freezeMap(
  request: MapRequest,
  context: MapContext,
): Promise<Result<RunSpec, string>> {
  const { run, config, dispatcher } = context;
  const agent = await resolveAgent(request.agent, context);
  if (!agent.ok) {
    return agent;
  }
  const id = asGroupId(mapId(request));
  const group = groupKey(MAP_SOURCE, id);
  const { context: defaults, policies } = config;
  return success({
    run,
    group,
    groupId: id,
    source: MAP_SOURCE,
    sourceHash: sha256Hex(request.units.join('\n')),
    sequential: false,
    tasks: request.units.map((unit) => plannedUnit(unit, group, request, agent.value, config)),
    maxConcurrent: config.maxConcurrent,
    retryDelayMs: config.retryDelayMs,
    repairs: config.repairs,
    refresh: NO_REFRESH,
    tests: null,
    testsRequired: false,
    kind: 'map',
    map: { agent: request.agent, instruction: request.instruction, of: request.of },
    limits: { taskTimeoutMs: config.taskTimeoutMs, runTimeoutMs: config.runTimeoutMs },
    breaker: config.breaker,
    openBreakers: openBreakers(dispatcher),
    budget: policies.budget,
    approveEachTask: policies.approval === 'each-task',
    stage: null,
    blackboard: {
      requirements: [...defaults.requirements],
      constraints: [...defaults.constraints],
      decisions: [...defaults.decisions],
      artifacts: {},
      findings: [],
    },
    roles: { ...config.roles },
    mutexes: [],
    warnings: [],
  });
}

/** Returns the map's id: the same agent, units and instruction make another run of the same map. */
function mapId({ agent, units, instruction }: MapRequest): string {
  const hash = sha256Hex(JSON.stringify([agent, instruction, units]));
  return `${agent}-${hash.slice(0, 8)}`;
}

/** Placeholder that is never started: a map does not refresh the context. */
const NO_REFRESH: SuiteSpec = {
  command: { kind: 'argv', argv: ['none'] },
  timeoutMs: 1,
  label: 'none',
  parser: 'built-in',
};

/** Resolves the map's only agent, without retries: users of a map want to know what failed, not to have it retried. */
async function resolveAgent(
  name: string,
  { config, find, dispatcher }: MapContext,
): Promise<Result<LaunchSpec, string>> {
  const found = await resolveAgents(anyTask(MAP_SOURCE, name), name, config, find, dispatcher);
  const [agent] = found.agents;
  return agent === undefined
    ? failure(found.refusal ?? t('There is no agent called {0}.', name))
    : success({ ...agent, maxRetries: 0, expectsChanges: false });
}

function plannedUnit(
  unit: string,
  group: GroupKey,
  { agent: name, instruction, of }: MapRequest,
  agent: LaunchSpec,
  config: Config,
): PlannedTask {
  return {
    // Includes the group, because two maps may share a unit and a task's key identifies it across all groups.
    key: asTaskKey(`${group}/${unit}`),
    id: unit,
    title: firstLine(instruction) ?? name,
    fingerprint: unit,
    place: { file: unit, line: 1 },
    dependencies: [],
    blockedBy: [],
    priority: 2,
    subagent: agent.subagent,
    subagentReason: 'metadata',
    skillsApplied: [],
    files: of === 'file' ? [unit] : [],
    run: null,
    test: null,
    noChange: false,
    excluded: null,
    agents: [agent],
    refusal: null,
    code: null,
    type: typeOfSubagent(config, name),
    role: roleOfSubagent(config, name),
    estimateMs: 1,
    carriedFrom: null,
  };
}

const MAX_TITLE_LENGTH = 80;

function firstLine(text: string | null): string | null {
  const line = text?.trim().split(/[\r\n]/)[0] ?? '';
  return line === '' ? null : line.slice(0, MAX_TITLE_LENGTH);
}

/** Returns the request of a map from its run; `null` for a group's run. */
export function requestOf({ map, tasks }: RunSpec): MapRequest | null {
  return map === undefined ? null : { ...map, units: tasks.map(({ id }) => id) };
}

/** Excludes units of a repeated map: those that are not chosen and, in a retry, those that are done. */
export function withoutUnits(plan: RunSpec, previous: RunState, options: RunOptions): RunSpec {
  const { retry = false, only, except } = options;
  const reason = (task: RunSpec['tasks'][number]): string | null => {
    if (only?.has(task.key) === false || except?.has(task.key) === true) {
      return 'not chosen';
    }
    return retry && isDone(previous.tasks.get(task.key)) ? 'done' : null;
  };
  return { ...plan, tasks: plan.tasks.map((task) => ({ ...task, excluded: reason(task) })) };
}

function isDone(record: TaskRecord | undefined): boolean {
  return record?.state.kind === 'completed' || record?.planned.excluded === 'done';
}
