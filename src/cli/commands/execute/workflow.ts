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
import { oneLine } from '../../output/table.ts';
import { workflowLine } from '../../progress/workflow-line.ts';
import { type CliWorkspace, LABEL } from '../../run/cli-workspace.ts';
import { chooseConflicts } from '../../run/conflicts.ts';
import { stopOnInterrupt } from '../../run/follow-run.ts';
import type { Interrupt } from '../../run/interrupt.ts';
import { refusalOf } from '../../run/refusal-of.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';

export interface WorkflowCommand {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly name: string;
  /** Goes on with an execution whose process is gone. */
  readonly resume: boolean;
  readonly overrides: ConfigOverrides;
  readonly yes: boolean;
}

/** `workflow NAME`: carries out a workflow, stage by stage, to its end. */
export function workflow(options: WorkflowCommand): Promise<Answer> {
  return withRunContext(options, async (tools) => {
    const { session, interrupt } = tools;
    const begun = await begin(session, options, interrupt);
    if (begun === null || (!begun.ok && interrupt.requested)) {
      return cancelledEarly();
    }
    return begun.ok ? seeThrough(begun.value, tools) : refusalOf(begun.failure);
  });
}

/** `null`: a person wants nothing run. */
async function begin(
  { workspace }: CliWorkspace,
  { name, resume }: WorkflowCommand,
  interrupt: Interrupt,
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

async function seeThrough(
  run: WorkflowRun,
  { session, interrupt, progress }: CliContext,
): Promise<Answer> {
  run.onRun(({ run: held, verb }) => {
    progress.follow(held, verb);
  });
  run.onEvent((event) => {
    const text = workflowLine(event, run.state);
    if (text !== null) {
      progress.line(oneLine(`${run.state.workflow}: ${text}`));
    }
  });
  const stopping = stopOnInterrupt(session, interrupt, progress, () => {
    void run.cancel(LABEL);
  });
  run.start();
  await run.done;
  stopping.dispose();
  return endAnswer(run);
}

function endAnswer({ state, suspended }: WorkflowRun): Answer {
  if (state.ended === null) {
    const message = t('{0} Go on with it by --resume.', suspended ?? 'The workflow was let go of.');
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
    ...failed.map(({ task, message }) => `  ${idOf(state, task)} failed: ${message}`),
    ...state.errors.map(
      ({ task, code, message }) =>
        `  ${task === null ? '' : `${idOf(state, task)} `}${code}: ${message}`,
    ),
  ];
}
