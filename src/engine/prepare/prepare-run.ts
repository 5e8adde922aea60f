import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { RunSpec, SuiteSpec } from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan } from '../../coordinator/schema/task.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { readDurations } from '../../store/projections/durations.ts';
import { detectTestCommand } from '../../verification/detect-tests/detect-tests.ts';
import { testScripts } from '../../verification/detect-tests/package-script.ts';
import { reportPlaces } from '../../verification/detect-tests/report-places.ts';
import { resolveRefresh } from '../../verification/summary/resolve-refresh.ts';
import { programOf } from '../agents/built-in-program.ts';
import { type Dispatcher, programFinder } from '../agents/resolve-agents.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import { newRunId } from '../contract/run-id.ts';
import { summaryFactsFile } from '../prompt/brief-agent.ts';
import { freezePlan } from './freeze-plan.ts';
import { unfinishedIn } from './unfinished-tasks.ts';
import type { WorkflowPart } from './workflow-part.ts';

/** The input of a new run of a group. */
export interface PrepareOptions {
  readonly group: Group;
  readonly plan: Plan;
  readonly config: Config;
  readonly workspaceRoot: string;
  /** ms since the epoch. */
  readonly now: number;
  /** Program and arguments that start our own runner bundle. */
  readonly runner: readonly string[];
  /** The previous run. */
  readonly previous: RunState | null;
  /** Whether to run only the tasks that the previous run left undone. */
  readonly retry: boolean;
  /** `null`: as configured; `ask` without an answer counts as one after the other. */
  readonly conflicts: ConflictChoice | null;
  /** The agents that can accept tasks now; default: according to the configuration alone. */
  readonly dispatcher?: Dispatcher;
  /** The run's part in a workflow; `null`: none. */
  readonly part?: WorkflowPart | null;
}

/** Freezes everything that a run will do, so that the user can approve exactly that. */
export async function prepareRun(options: PrepareOptions): Promise<RunSpec> {
  const { config, workspaceRoot, previous } = options;
  const run = newRunId(options.now);
  const find = programFinder(process.env);
  const facts = summaryFactsFile(runDirectory(workspaceRoot, run));
  const refresh = await resolveRefresh({
    workspaceRoot,
    configured: config.contextRefresh.command,
    timeoutMs: config.contextRefresh.timeoutMs,
    claudePath: await find(programOf(config, 'claude')),
    builtIn: { kind: 'argv', argv: [...options.runner, '--summary', workspaceRoot, facts] },
  });
  const plan = await freezePlan({
    run,
    group: options.group,
    plan: options.plan,
    config,
    workspaceRoot,
    find,
    dispatcher: options.dispatcher,
    refresh,
    tests: await resolveTests(workspaceRoot, config),
    previous,
    conflicts: options.conflicts ?? (config.conflicts === 'together' ? 'together' : 'apart'),
    part: options.part ?? null,
    durations: await readDurations(workspaceRoot),
  });
  return options.retry && previous !== null ? onlyUnfinished(plan, previous) : plan;
}

async function resolveTests(workspaceRoot: string, config: Config): Promise<SuiteSpec | null> {
  const { command, timeoutMs, report } = config.test;
  const detected =
    command === null
      ? await detectTestCommand(workspaceRoot)
      : { command: [...command], label: command.join(' '), parser: 'none' };
  if (detected === null) {
    return null;
  }
  const { label, parser, command: argv } = detected;
  const scripts = await testScripts(workspaceRoot);
  const lines = [label, ...scripts];
  return {
    command: { kind: 'argv', argv },
    timeoutMs,
    label,
    parser,
    reports: reportPlaces({ configured: report, lines, parser }),
  };
}

function onlyUnfinished(plan: RunSpec, previous: RunState): RunSpec {
  const unfinished = unfinishedIn(previous);
  return {
    ...plan,
    tasks: plan.tasks.map((task) =>
      task.excluded !== null || unfinished(task)
        ? task
        : { ...task, excluded: 'not part of this retry' },
    ),
  };
}
