import { blockersOf } from '../../coordinator/plan/blockers.ts';
import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type {
  StageTask,
  TaskResult,
  WorkflowEventBody,
} from '../../coordinator/workflow/events.ts';
import { countStage } from '../../coordinator/workflow/judge-stage.ts';
import type { StagePassage, WorkflowState } from '../../coordinator/workflow/state.ts';
import { asRunId, type GroupKey, type TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import type { WorkflowPart } from '../prepare/workflow-part.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { followRun } from './follow-run.ts';
import { recordRun } from './record-run.ts';
import { type AttemptedTasks, type GroupOutcome, runAll } from './run-all.ts';

/** The context in which a stage is executed. */
export interface StageContext {
  readonly workspace: Workspace;
  readonly state: WorkflowState;
  readonly conflicts: ConflictChoice | undefined;
  /** Called for every run at its start or resumption. */
  readonly onRun: (run: ActiveRun, verb: string) => void;
  /** Records an event and applies it; `false` if the workflow cannot continue in this process. */
  readonly record: (event: WorkflowEventBody) => Promise<boolean>;
  /** Called before every start. */
  readonly isCancelled: () => boolean;
}

/** Returns the tasks of a passage that have a result (other than blocked), and those of them that did not succeed. */
function attemptedTasks(
  { state }: StageContext,
  { stage, loop, tasks }: StagePassage,
): AttemptedTasks {
  const known = tasks.flatMap((key) => {
    const result = state.results.get(key);
    const isOfPassage =
      result?.stage === stage && result.loop === loop && result.status !== 'blocked';
    return isOfPassage ? [result] : [];
  });
  const failed = known.filter(({ status }) => status !== 'completed');
  return {
    tried: new Set(known.map(({ task }) => task)),
    failed: new Set(failed.map(({ task }) => task)),
  };
}

/**
 * Executes a passage through a stage. First continues runs that an earlier process started, then runs every group with
 * tasks of the stage, in the plan's order. Best effort: a failure stops nothing else. Returns `null`, or a sentence if
 * this process cannot continue; no progress is lost in that case.
 */
export async function runStage(
  context: StageContext,
  passage: StagePassage,
): Promise<string | null> {
  const { state, workspace } = context;
  const all = state.tasks[passage.stage] ?? [];
  const wanted = new Set(passage.tasks);
  const tasks = new Map(all.filter(({ key }) => wanted.has(key)).map((task) => [task.key, task]));
  const unsettled = await finishEarlierRuns(context, passage, tasks);
  if (unsettled !== null) {
    return unsettled;
  }
  const reached: { suspended: string | null } = { suspended: null };
  const outcomes = await runAll(workspace, {
    conflicts: context.conflicts,
    only: wanted,
    part: partOf(state, passage),
    before: attemptedTasks(context, passage),
    isCancelled: () => context.isCancelled() || reached.suspended !== null,
    onRun: (run) => {
      context.onRun(run, 'starts');
    },
    onOver: async (run) => {
      reached.suspended = await recordOutcome(context, passage, tasks, run.state, run.suspended);
    },
  });
  return reached.suspended ?? endStage(context, passage, tasks, outcomes);
}

/** Returns the data that makes a run part of this passage. */
function partOf(state: WorkflowState, { stage, loop, again }: StagePassage): WorkflowPart {
  const { workflow, id, definition, loops } = state;
  const name = definition.stages[stage]?.id ?? '';
  const findings = loops.at(-1)?.findings ?? [];
  return { stage: { workflow, id, stage: name, loop }, findings, again: new Set(again) };
}

/**
 * Follows and records runs of this passage that their process did not record before it ended. Returns a sentence if
 * this process cannot continue, else `null`.
 */
async function finishEarlierRuns(
  context: StageContext,
  passage: StagePassage,
  tasks: ReadonlyMap<TaskKey, StageTask>,
): Promise<string | null> {
  const { workspace, state } = context;
  const name = state.definition.stages[passage.stage]?.id;
  const groups = new Set([...tasks.values()].map(({ group }) => group));
  for (const group of groups) {
    const run = workspace.runs.newestOf(group)?.state;
    const part = run?.plan.stage;
    const isOurs = part?.id === state.id && part.stage === name && part.loop === passage.loop;
    if (run === undefined || !isOurs || passage.runs.has(asRunId(run.plan.run))) {
      continue;
    }
    const followed = await followRun(workspace, group, context);
    if (!followed.ok) {
      return followed.failure;
    }
    const suspended = await recordOutcome(context, passage, tasks, followed.value, null);
    if (suspended !== null) {
      return suspended;
    }
  }
  return null;
}

/** Records the outcome of a run. Returns a sentence if this process cannot continue, else `null`. */
async function recordOutcome(
  { record, state }: StageContext,
  { stage, loop }: StagePassage,
  tasks: ReadonlyMap<TaskKey, StageTask>,
  run: RunState,
  suspended: string | null,
): Promise<string | null> {
  if (run.ended === null) {
    return suspended ?? t('Another window or command line goes on with a run of the workflow.');
  }
  for (const event of recordRun(run, { stage, loop, tasks })) {
    const isKnown =
      event.type === 'dispatch.failed' &&
      state.errors.some(
        (each) => each.task === event.task && each.stage === stage && each.loop === loop,
      );
    if (!isKnown && !(await record(event))) {
      return NOT_COORDINATED();
    }
  }
  return null;
}

const NOT_COORDINATED = (): string => t('The workflow is not ours to go on with any more.');

async function endStage(
  context: StageContext,
  passage: StagePassage,
  tasks: ReadonlyMap<TaskKey, StageTask>,
  outcomes: readonly GroupOutcome[],
): Promise<string | null> {
  const { record, state } = context;
  const { stage, loop } = passage;
  const at = { stage, loop };
  const { tried } = attemptedTasks(context, passage);
  const rest = [...tasks.values()].filter(({ key }) => !tried.has(key));
  const refusals = new Map(outcomes.map(({ group, refusal }) => [group, refusal]));
  const results: TaskResult[] = [];
  for (const task of context.isCancelled() ? [] : rest) {
    const missing = missingResult(
      context.workspace,
      task,
      refusals.get(task.group)?.message ?? null,
    );
    if (missing.kind === 'result') {
      results.push({ task: task.key, run: null, status: missing.status, message: missing.message });
    } else {
      const { message } = missing;
      const code = 'NOT_STARTED';
      if (!(await record({ type: 'dispatch.failed', ...at, task: task.key, code, message }))) {
        return NOT_COORDINATED();
      }
    }
  }
  const counts = countStage(state, stage, results);
  return (await record({ type: 'stage.ended', ...at, results, counts })) ? null : NOT_COORDINATED();
}

type MissingResult =
  | { readonly kind: 'result'; readonly status: 'completed' | 'blocked'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Returns the reason why no run has a result of a task. `refused`: why its group did not run, or `null`. */
function missingResult(
  workspace: Workspace,
  task: StageTask,
  refused: string | null,
): MissingResult {
  const plan = workspace.plans.current();
  const current = plan.tasks.get(task.key);
  const group = plan.groups.find(({ key }: { readonly key: GroupKey }) => key === task.group);
  if (current === undefined || group === undefined) {
    return { kind: 'refused', message: t('{0} is not in its plan any more.', task.id) };
  }
  const blockers = blockersOf(group, plan).get(task.key) ?? [];
  if (blockers.length > 0) {
    const by = blockers.map(({ id, status }) => `${id} (${status})`).join(', ');
    return { kind: 'result', status: 'blocked', message: t('Blocked by {0}.', by) };
  }
  if (refused !== null && current.status.launchable) {
    return { kind: 'refused', message: refused };
  }
  return satisfies(current.status)
    ? { kind: 'result', status: 'completed', message: t('It was done by somebody else meanwhile.') }
    : {
        kind: 'result',
        status: 'blocked',
        message: t('It was left alone: {0}.', current.status.word),
      };
}
