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
import { type GroupOutcome, runAll, type Tried } from './run-all.ts';

/** What a stage is executed with. */
export interface StageContext {
  readonly workspace: Workspace;
  readonly state: WorkflowState;
  readonly conflicts: ConflictChoice | undefined;
  /** Told of every run as it starts, or is gone on with. */
  readonly onRun: (run: ActiveRun, verb: string) => void;
  /** Writes an event down and applies it; `false`: the workflow does not go on in this process. */
  readonly record: (event: WorkflowEventBody) => Promise<boolean>;
  /** Asked before every start. */
  readonly isCancelled: () => boolean;
}

/** The tasks of a passage that have no result of it yet, and what has. */
function standing({ state }: StageContext, { stage, loop, tasks }: StagePassage): Tried {
  const known = tasks.flatMap((key) => {
    const result = state.results.get(key);
    const mine = result?.stage === stage && result.loop === loop && result.status !== 'blocked';
    return mine ? [result] : [];
  });
  const failed = known.filter(({ status }) => status !== 'completed');
  return {
    tried: new Set(known.map(({ task }) => task)),
    failed: new Set(failed.map(({ task }) => task)),
  };
}

/**
 * Executes a passage through a stage: runs that an earlier process began are gone on with first, then every group with
 * tasks of the stage is run, in the plan's order. Best effort: what fails stops nothing else. The failure is a sentence
 * that says why this process can do no more for it; nothing is lost then.
 */
export async function runStage(tools: StageContext, passage: StagePassage): Promise<string | null> {
  const { state, workspace } = tools;
  const all = state.tasks[passage.stage] ?? [];
  const wanted = new Set(passage.tasks);
  const tasks = new Map(all.filter(({ key }) => wanted.has(key)).map((task) => [task.key, task]));
  const unsettled = await settleEarlier(tools, passage, tasks);
  if (unsettled !== null) {
    return unsettled;
  }
  const reached: { suspended: string | null } = { suspended: null };
  const outcomes = await runAll(workspace, {
    conflicts: tools.conflicts,
    only: wanted,
    part: partOf(state, passage),
    before: standing(tools, passage),
    isCancelled: () => tools.isCancelled() || reached.suspended !== null,
    onRun: (run) => {
      tools.onRun(run, 'starts');
    },
    onOver: async (run) => {
      reached.suspended = await take(tools, passage, tasks, run.state, run.suspended);
    },
  });
  return reached.suspended ?? endStage(tools, passage, tasks, outcomes);
}

/** What makes a run part of this passage. */
function partOf(state: WorkflowState, { stage, loop, again }: StagePassage): WorkflowPart {
  const { workflow, id, definition, loops } = state;
  const name = definition.stages[stage]?.id ?? '';
  const findings = loops.at(-1)?.findings ?? [];
  return { stage: { workflow, id, stage: name, loop }, findings, again: new Set(again) };
}

/** Runs of this passage that nobody has written down yet: their process was gone. */
async function settleEarlier(
  tools: StageContext,
  passage: StagePassage,
  tasks: ReadonlyMap<TaskKey, StageTask>,
): Promise<string | null> {
  const { workspace, state } = tools;
  const name = state.definition.stages[passage.stage]?.id;
  const groups = new Set([...tasks.values()].map(({ group }) => group));
  for (const group of groups) {
    const run = workspace.runs.newestOf(group)?.state;
    const part = run?.plan.stage;
    const isOurs = part?.id === state.id && part.stage === name && part.loop === passage.loop;
    if (run === undefined || !isOurs || passage.runs.has(asRunId(run.plan.run))) {
      continue;
    }
    const followed = await followRun(workspace, group, tools);
    if (!followed.ok) {
      return followed.failure;
    }
    const suspended = await take(tools, passage, tasks, followed.value, null);
    if (suspended !== null) {
      return suspended;
    }
  }
  return null;
}

/** Writes down what came of a run. */
async function take(
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
      return NOT_OURS();
    }
  }
  return null;
}

const NOT_OURS = (): string => t('The workflow is not ours to go on with any more.');

async function endStage(
  tools: StageContext,
  passage: StagePassage,
  tasks: ReadonlyMap<TaskKey, StageTask>,
  outcomes: readonly GroupOutcome[],
): Promise<string | null> {
  const { record, state } = tools;
  const { stage, loop } = passage;
  const at = { stage, loop };
  const { tried } = standing(tools, passage);
  const rest = [...tasks.values()].filter(({ key }) => !tried.has(key));
  const refusals = new Map(outcomes.map(({ group, refusal }) => [group, refusal]));
  const results: TaskResult[] = [];
  for (const task of tools.isCancelled() ? [] : rest) {
    const why = whyLeft(tools.workspace, task, refusals.get(task.group)?.message ?? null);
    if (why.kind === 'result') {
      results.push({ task: task.key, run: null, status: why.status, message: why.message });
    } else {
      const { message } = why;
      const code = 'NOT_STARTED';
      if (!(await record({ type: 'dispatch.failed', ...at, task: task.key, code, message }))) {
        return NOT_OURS();
      }
    }
  }
  const counts = countStage(state, stage, results);
  return (await record({ type: 'stage.ended', ...at, results, counts })) ? null : NOT_OURS();
}

type Left =
  | { readonly kind: 'result'; readonly status: 'completed' | 'blocked'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Why no run told of a task. `refused`: why its group was not run. */
function whyLeft(workspace: Workspace, task: StageTask, refused: string | null): Left {
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
