import { typeOfSubagent } from '../../coordinator/agents/subagent-types.ts';
import { subagentChooser } from '../../coordinator/plan/subagents.ts';
import { launchable } from '../../coordinator/projections/group/project-group.ts';
import type { Config, WorkflowDefinition } from '../../coordinator/schema/config.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { type NamedWorkflow, workflowsOf } from '../../coordinator/workflow/definitions.ts';
import type { StageTask } from '../../coordinator/workflow/events.ts';
import {
  beginWorkflow,
  evolveWorkflow,
  replayWorkflow,
} from '../../coordinator/workflow/evolve.ts';
import { tasksOfStages } from '../../coordinator/workflow/stage-tasks.ts';
import type { WorkflowState } from '../../coordinator/workflow/state.ts';
import { asGroupKey, type GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { acquireLock, type GroupLock } from '../../store/lock/group-lock.ts';
import { isRegistered, registerRun } from '../../store/user/run-register.ts';
import {
  createWorkflowDirectory,
  newestWorkflowFile,
  type ReadWorkflow,
  readWorkflow,
  workflowDirectory,
  workflowFile,
  WorkflowJournal,
} from '../../store/workflow/workflow-journal.ts';
import { ownIdentity } from '../../system/processes/process-identity.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import { refuse } from '../contract/refusals.ts';
import { newRunId } from '../contract/run-id.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { WorkflowRun } from './workflow-run.ts';

/** The options of a workflow execution. */
export interface WorkflowOptions {
  /** How to treat tasks that name the same file; `undefined`: as configured. */
  readonly conflicts?: ConflictChoice | undefined;
}

/** A workflow with the tasks that each of its stages would run now. */
export interface WorkflowOutlook extends NamedWorkflow {
  readonly tasks: readonly (readonly StageTask[])[];
}

/** Lists all workflows of a workspace, with the tasks that their stages would run now. */
export function workflowOutlooks(workspace: Workspace): WorkflowOutlook[] {
  return workflowsOf(workspace.config).map((workflow) => ({
    ...workflow,
    tasks: stageTasks(workflow.definition, workspace.plans.current(), workspace.config),
  }));
}

/** Returns the groups with tasks of a workflow, in the plan's order. */
export function groupsOfWorkflow({ tasks }: Pick<WorkflowOutlook, 'tasks'>): GroupKey[] {
  return [...new Set(tasks.flat().map(({ group }) => group))];
}

/**
 * Starts a workflow once everything that it would execute is approved. Its tasks are those that the plans can launch
 * now. Tasks that are added later do not belong to it.
 */
export async function startWorkflow(
  workspace: Workspace,
  name: string,
  options: WorkflowOptions = {},
): Promise<Result<WorkflowRun, RunRefusal>> {
  await workspace.refresh();
  const outlook = workflowOutlooks(workspace).find((each) => each.name === name);
  if (outlook === undefined) {
    return refuse('nothing', unknownWorkflow(name, workspace.config));
  }
  const approved = await approveAll(workspace, outlook);
  if (!approved.ok) {
    return approved;
  }
  const directory = await createWorkflowDirectory(workspace.root, name);
  if (!directory.ok) {
    return refuse('storage', directory.failure.message);
  }
  const lock = await lockWorkflow(workspace, directory.value, name, null);
  if (!lock.ok) {
    return lock;
  }
  const started = await startUnderLock(workspace, outlook, directory.value, lock.value, options);
  if (!started.ok) {
    lock.value.release();
  }
  return started;
}

/** Resumes the newest execution of a workflow, whose process has ended, at its current stage. */
export async function resumeWorkflow(
  workspace: Workspace,
  name: string,
  options: WorkflowOptions & { readonly takeFrom?: number | null } = {},
): Promise<Result<WorkflowRun, RunRefusal>> {
  if (!workspace.options.isTrusted()) {
    return refuse('nothing', t('This folder is in Restricted Mode: nothing runs.'));
  }
  if ((await unfinishedWorkflow(workspace, name)) === null) {
    return refuse('nothing', t('There is no unfinished execution of the workflow {0}.', name));
  }
  const directory = workflowDirectory(workspace.root, name);
  const lock = await lockWorkflow(workspace, directory, name, options.takeFrom ?? null);
  if (!lock.ok) {
    return lock;
  }
  const resumed = await resumeUnderLock(workspace, name, lock.value, options);
  if (!resumed.ok) {
    lock.value.release();
  }
  return resumed;
}

/** Returns the newest execution of a workflow; `null` unless this user started it and it has not ended. */
export async function unfinishedWorkflow(
  workspace: Workspace,
  name: string,
): Promise<(ReadWorkflow & { readonly file: string; readonly state: WorkflowState }) | null> {
  const directory = workflowDirectory(workspace.root, name);
  const file = await newestWorkflowFile(workspace.root, directory);
  const read = file === null ? null : await readWorkflow(file);
  if (file === null || read?.ok !== true) {
    return null;
  }
  const state = replayWorkflow(read.value.events);
  if (state?.workflow !== name || state.ended !== null) {
    return null;
  }
  const entry = { run: state.id, group: registeredAs(name), origin: read.value.origin };
  const isOurs = await isRegistered(workspace.options.storage, entry);
  return isOurs ? { ...read.value, file, state } : null;
}

async function startUnderLock(
  workspace: Workspace,
  { name, definition, tasks }: WorkflowOutlook,
  directory: string,
  lock: GroupLock,
  { conflicts }: WorkflowOptions,
): Promise<Result<WorkflowRun, RunRefusal>> {
  const before = await unfinishedWorkflow(workspace, name);
  if (before !== null) {
    return refuse(
      'unfinished',
      t('The workflow {0} has an execution that is not over: resume it first.', name),
    );
  }
  const { clock, storage } = workspace.options;
  const now = clock.now();
  const id = newRunId(now);
  const created = await WorkflowJournal.create(workflowFile(directory, id), lock.epoch, now, {
    type: 'workflow.started',
    workflow: name,
    id,
    definition,
    tasks: tasks.map((list) => [...list]),
  });
  if (!created.ok) {
    return refuse('storage', created.failure);
  }
  const { journal, first } = created.value;
  const state = beginWorkflow(first);
  const origin = journal.origin ?? '';
  const registered = await registerRun(storage, { run: id, group: registeredAs(name), origin });
  if (state === null || !registered.ok) {
    await journal.close();
    return refuse(
      'storage',
      registered.ok ? t('The workflow could not be started.') : registered.failure.message,
    );
  }
  return success(new WorkflowRun({ workspace, state, lock, journal, conflicts }));
}

async function resumeUnderLock(
  workspace: Workspace,
  name: string,
  lock: GroupLock,
  { conflicts }: WorkflowOptions,
): Promise<Result<WorkflowRun, RunRefusal>> {
  // Read under the lock: later events by the previous holder do not count.
  const current = await unfinishedWorkflow(workspace, name);
  if (current === null) {
    return refuse('nothing', t('There is no unfinished execution of the workflow {0}.', name));
  }
  const { state } = current;
  const journal = await WorkflowJournal.continue(current.file, lock.epoch, current);
  if (!journal.ok) {
    return refuse('storage', journal.failure);
  }
  const { clock, label } = workspace.options;
  const resumed = await journal.value.append({ type: 'workflow.resumed', by: label }, clock.now());
  if (!resumed.ok) {
    await journal.value.close();
    return refuse('storage', resumed.failure);
  }
  evolveWorkflow(state, resumed.value);
  return success(new WorkflowRun({ workspace, state, lock, journal: journal.value, conflicts }));
}

/**
 * Asks for all approvals before anything starts. Groups without tasks to run, or with a run of another process, are
 * reported later.
 */
async function approveAll(
  workspace: Workspace,
  outlook: WorkflowOutlook,
): Promise<Result<void, RunRefusal>> {
  if (!workspace.options.isTrusted()) {
    return refuse(
      'nothing',
      t('This folder is in Restricted Mode: plans are shown, nothing runs.'),
    );
  }
  const only = new Set(outlook.tasks.flat().map(({ key }) => key));
  for (const group of groupsOfWorkflow(outlook)) {
    const approved = await workspace.approve(group, { only });
    if (!approved.ok && approved.failure.reason === 'not_approved') {
      return approved;
    }
  }
  return success(undefined);
}

async function lockWorkflow(
  workspace: Workspace,
  directory: string,
  name: string,
  takeFrom: number | null,
): Promise<Result<GroupLock, RunRefusal>> {
  const { label, clock } = workspace.options;
  const identity = await ownIdentity();
  const lock = await acquireLock(directory, { identity, label, at: clock.now(), takeFrom });
  if (lock.ok) {
    return lock;
  }
  if (lock.failure.reason !== 'held') {
    return refuse('storage', lock.failure.message);
  }
  const { epoch, holder } = lock.failure;
  const who = holder?.label ?? t('Another process');
  return failure({
    reason: 'held',
    epoch,
    message: t('{0} carries out the workflow {1}.', who, name),
  });
}

/** Returns the group key of a workflow in the register of this user's runs. */
function registeredAs(name: string): GroupKey {
  return asGroupKey(`workflow#${name}`);
}

function unknownWorkflow(name: string, config: Pick<Config, 'workflows'>): string {
  const known = workflowsOf(config).map((each) => each.name);
  return t('There is no workflow "{0}". Workflows: {1}.', name, known.join(', '));
}

/** Returns the launchable tasks of the plans that each stage of a workflow would run now, in the plan's order. */
function stageTasks(
  definition: WorkflowDefinition,
  plan: Plan,
  config: Pick<Config, 'subagents'>,
): StageTask[][] {
  const choose = subagentChooser(config.subagents);
  const tasks = plan.groups.flatMap((group) =>
    launchable(group).map((task): StageTask => {
      const { subagent } = choose(task);
      const type = typeOfSubagent(config, subagent);
      return { key: task.key, id: task.id, title: task.title, group: group.key, subagent, type };
    }),
  );
  return tasksOfStages(definition, tasks);
}
