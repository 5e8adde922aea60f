import { endSentence, idOf } from '../../../coordinator/workflow/project-workflow.ts';
import type { WorkflowState } from '../../../coordinator/workflow/state.ts';
import { workflowReport } from '../../../coordinator/workflow/workflow-report.ts';
import type { ConfigOverrides } from '../../../engine/config/load-config.ts';
import type { RunRefusal } from '../../../engine/contract/run-refusal.ts';
import {
  groupsOfWorkflow,
  resumeWorkflow,
  startWorkflow,
  workflowOutlooks,
} from '../../../engine/workflow/run-workflow.ts';
import type { WorkflowRun } from '../../../engine/workflow/workflow-run.ts';
import { t } from '../../../shared/messages.ts';
import type { Result } from '../../../shared/result.ts';
import { type Answer, cancelledEarly, refusal } from '../../output/answer.ts';
import { visibleLine } from '../../output/table.ts';
import { workflowLine } from '../../progress/workflow-line.ts';
import { LABEL } from '../../run/cli-workspace.ts';
import { chooseConflicts } from '../../run/conflicts.ts';
import { stopOnInterrupt } from '../../run/follow-run.ts';
import { refusalOf } from '../../run/refusal-of.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';

export interface WorkflowCommand {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly name: string;
  /** Whether to resume an execution whose process is gone. */
  readonly resume: boolean;
  readonly overrides: ConfigOverrides;
  readonly yes: boolean;
}

/** `workflow NAME`: runs a workflow, stage by stage, to its end. */
export function workflow(options: WorkflowCommand): Promise<Answer> {
  return withRunContext(options, async (context) => {
    const { interrupt } = context;
    const begun = await begin(context, options);
    if (begun === null || (!begun.ok && interrupt.requested)) {
      return cancelledEarly();
    }
    return begun.ok ? runWorkflow(begun.value, context) : refusalOf(begun.failure);
  });
}

/** `null`: a person decided not to run anything. */
async function begin(
  { workspace, interrupt }: CliContext,
  { name, resume }: WorkflowCommand,
): Promise<Result<WorkflowRun, RunRefusal> | null> {
  if (resume) {
    return resumeWorkflow(workspace, name);
  }
  const outlook = workflowOutlooks(workspace).find((each) => each.name === name);
  const groups = outlook === undefined ? [] : groupsOfWorkflow(outlook);
  const undecided = await workspace.starter.undecided(groups);
  const conflicts = await chooseConflicts(workspace, undecided, interrupt);
  return conflicts === null ? null : startWorkflow(workspace, name, { conflicts });
}

async function runWorkflow(workflowRun: WorkflowRun, context: CliContext): Promise<Answer> {
  const { progress } = context;
  workflowRun.onRun(({ run, verb }) => {
    progress.follow(run, verb);
  });
  workflowRun.onEvent((event) => {
    const text = workflowLine(event, workflowRun.state);
    if (text !== null) {
      progress.line(visibleLine(`${workflowRun.state.workflow}: ${text}`));
    }
  });
  const stopping = stopOnInterrupt(context, () => {
    void workflowRun.cancel(LABEL);
  });
  workflowRun.start();
  await workflowRun.done;
  stopping.dispose();
  return endAnswer(workflowRun);
}

function endAnswer({ state, suspended }: WorkflowRun): Answer {
  if (state.ended === null) {
    const why = suspended ?? t('The workflow was let go of.');
    const message = `${why} ${t('Go on with it by --resume.')}`;
    return refusal('unfinished', message, { workflow: workflowReport(state) });
  }
  return {
    exitCode: state.ended.exitCode,
    json: workflowReport(state),
    text: [endSentence(state), ...failureLines(state)].join('\n'),
    to: 'stdout',
  };
}

function failureLines(state: WorkflowState): string[] {
  const logged = new Set(state.errors.map(({ task }) => task));
  const failed = [...state.results.values()].filter(
    ({ status, task }) => status === 'failed' && !logged.has(task),
  );
  return [
    ...failed.map(({ task, message }) => `  ${t('{0} failed: {1}', idOf(state, task), message)}`),
    ...state.errors.map(
      ({ task, code, message }) =>
        `  ${task === null ? '' : `${idOf(state, task)} `}${code}: ${message}`,
    ),
  ];
}
