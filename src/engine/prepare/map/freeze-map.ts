import { roleOfSubagent, typeOfSubagent } from '../../../coordinator/agents/subagent-types.ts';
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
import { openBreakers } from '../freeze-plan.ts';

/** One agent, and what it is applied to, each unit for itself. */
export interface MapRequest {
  /** An agent, or a subagent and so its agent. */
  readonly agent: string;
  /** Files relative to the workspace, or any other ids; each once. */
  readonly units: readonly string[];
  /** What a person wants done with each unit; `null`: what the agent does anyway. */
  readonly instruction: string | null;
  /** What the units are: `unit`, where they need not be files. */
  readonly of: 'file' | 'unit';
}

interface MapContext {
  readonly run: RunId;
  readonly config: Config;
  readonly find: FindProgram;
  readonly dispatcher: Dispatcher;
}

/**
 * Freezes the run of a map: a task for each unit, with one attempt each, and nothing besides. The failure is a sentence
 * that says why the agent cannot be used.
 */
export async function freezeMap(
  request: MapRequest,
  around: MapContext,
): Promise<Result<RunSpec, string>> {
  const { run, config, dispatcher } = around;
  const agent = await onlyAgent(request.agent, around);
  if (!agent.ok) {
    return agent;
  }
  const id = asGroupId(mapId(request));
  const group = groupKey(MAP_SOURCE, id);
  const { context, policies } = config;
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
      requirements: [...context.requirements],
      constraints: [...context.constraints],
      decisions: [...context.decisions],
      artifacts: {},
      findings: [],
    },
    roles: { ...config.roles },
    mutexes: [],
    warnings: [],
  });
}

/** The same agent over the same units with the same instruction is the same map, another run of it. */
function mapId({ agent, units, instruction }: MapRequest): string {
  const hash = sha256Hex(JSON.stringify([agent, instruction, units]));
  return `${agent}-${hash.slice(0, 8)}`;
}

/** A map refreshes nothing, and this is never started. */
const NO_REFRESH: SuiteSpec = {
  command: { kind: 'argv', argv: ['none'] },
  timeoutMs: 1,
  label: 'none',
  parser: 'built-in',
};

/** One attempt for each unit, with one agent: whoever maps wants to know what failed, not to have it tried again. */
async function onlyAgent(
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
    // Two maps may share a unit; a task's key names it across all groups.
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

const LONGEST_TITLE = 80;

function firstLine(text: string | null): string | null {
  const line = text?.trim().split(/[\r\n]/)[0] ?? '';
  return line === '' ? null : line.slice(0, LONGEST_TITLE);
}
