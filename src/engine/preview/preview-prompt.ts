import { begin } from '../../coordinator/run/evolve.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { LaunchSpec, PlannedTask } from '../../coordinator/schema/run-spec.ts';
import type { Group } from '../../coordinator/schema/task.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { prepareRun } from '../prepare/prepare-run.ts';
import { summaryOf } from '../prompt/brief-agent.ts';
import { composePrompt } from '../prompt/compose-prompt.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a task's agent would receive if it were launched now. A preview launches nothing. */
export interface PromptPreview {
  readonly task: Pick<PlannedTask, 'key' | 'id' | 'title'>;
  readonly group: GroupKey;
  /** The unfinished run; `null`: a new one would start. */
  readonly run: string | null;
  readonly subagent: string;
  /** `null` if no agent can carry it out; `refusal` says why. */
  readonly agent: string | null;
  readonly refusal: string | null;
  /** `null`: the program's own default. */
  readonly model: string | null;
  readonly tools: LaunchSpec['tools'];
  /** The launch fills in the placeholders in braces. */
  readonly command: Command | null;
  /** The exact prompt; `null`: its command reads no prompt. */
  readonly prompt: string | null;
}

/**
 * Previews the next attempt of a task: in the unfinished run of its group, else in one that would start now. The
 * failure is a sentence.
 */
export async function previewPrompt(
  workspace: Workspace,
  key: TaskKey,
): Promise<Result<PromptPreview, string>> {
  await workspace.refresh();
  const group = workspace.plans
    .current()
    .groups.find(({ tasks }) => tasks.some((each) => each.key === key));
  if (group === undefined) {
    return failure(t('The task is not in the plan any more.'));
  }
  const current = workspace.runs.newestOf(group.key)?.state;
  const isUnfinished = current?.ended === null && current.tasks.has(key);
  const run = isUnfinished ? current : await initialState(workspace, group);
  const record = run?.tasks.get(key);
  if (run === null || record === undefined) {
    return failure(t('The task is not in the plan any more.'));
  }
  if (record.planned.excluded !== null) {
    const { id, excluded } = record.planned;
    return failure(`${id} is ${excluded} in its plan, so no agent would be given it.`);
  }
  return success(await previewAttempt(workspace, { run, record, isUnfinished }));
}

async function previewAttempt(
  workspace: Workspace,
  {
    run,
    record,
    isUnfinished,
  }: { readonly run: RunState; readonly record: TaskRecord; readonly isUnfinished: boolean },
): Promise<PromptPreview> {
  const { root, config } = workspace;
  const summary = isUnfinished ? await summaryOf(runDirectory(root, run.plan.run), run) : '';
  const plan = workspace.plans.current();
  const { key, id, title, subagent, refusal } = record.planned;
  const agent = agentOf(record);
  return {
    task: { key, id, title },
    group: run.plan.group,
    run: isUnfinished ? run.plan.run : null,
    subagent: agent?.subagent ?? subagent,
    agent: agent?.agent ?? null,
    refusal: agent === undefined ? (refusal ?? t('No agent can carry this task out.')) : null,
    model: agent?.model ?? null,
    tools: agent?.tools ?? null,
    command: (record.resume === null ? agent?.command : agent?.resume) ?? null,
    prompt: await composePrompt(record, run, { workspaceRoot: root, config, plan, summary }),
  };
}

/** Returns the initial state of a run that does not start: it notifies no listener and writes nothing. */
async function initialState(workspace: Workspace, group: Group): Promise<RunState | null> {
  const { root, config, options, agents } = workspace;
  const now = options.clock.now();
  const plan = await prepareRun({
    group,
    config,
    now,
    previous: null,
    retry: false,
    conflicts: null,
    plan: workspace.plans.current(),
    workspaceRoot: root,
    runner: options.runner,
    dispatcher: await agents.dispatcher(),
  });
  return begin({ v: FORMAT, seq: 1, at: now, event: { type: 'run.started', plan } });
}
