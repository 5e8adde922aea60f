import { budgetLeftUsd } from '../../coordinator/run/budget.ts';
import { mostAttempts } from '../../coordinator/run/most-attempts.ts';
import { takesUp } from '../../coordinator/run/resume.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { SuiteJob } from '../../coordinator/schema/events.ts';
import type { LaunchSpec, SuiteSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import type { Briefing } from '../prompt/role-view.ts';
import type { AttemptDetails } from './attempt-driver.ts';

const CHECK_TITLES: Readonly<Record<SuiteJob, () => string>> = {
  refresh: () => t('Context refresh'),
  baseline: () => t('Tests before'),
  tests: () => t('Tests'),
};

/** Details of an attempt of one of the run's own checks. `contextFile`: its view of the blackboard (absolute). */
export function suiteDetails(job: SuiteJob, plan: SuiteSpec, contextFile: string): AttemptDetails {
  return {
    job,
    task: null,
    taskId: CHECK_TITLES[job](),
    title: plan.label,
    subagent: '',
    agent: '',
    maxAttempts: 1,
    command: plan.command,
    // The built-in program runs on the Node inside VS Code.
    env: plan.parser === 'built-in' ? { ELECTRON_RUN_AS_NODE: '1' } : {},
    adapter: 'none',
    stdin: 'closed',
    timeoutMs: plan.timeoutMs,
    prompt: null,
    contextFile,
  };
}

/** Details of a run of a task's own test. */
export function testDetails(
  { planned }: TaskRecord,
  test: SuiteSpec,
  contextFile: string,
): AttemptDetails {
  return {
    job: 'task_test',
    task: planned.key,
    taskId: t('Test of {0}', planned.id),
    title: test.label,
    subagent: '',
    agent: '',
    maxAttempts: 1,
    command: test.command,
    env: {},
    adapter: 'none',
    stdin: 'closed',
    timeoutMs: test.timeoutMs,
    prompt: null,
    contextFile,
  };
}

/** Details of an attempt of a task by one of its agents. */
export function taskDetails(
  run: RunState,
  record: TaskRecord,
  agent: LaunchSpec,
  { prompt, contextFile }: Briefing,
): AttemptDetails {
  const { planned } = record;
  return {
    job: 'task',
    task: planned.key,
    taskId: planned.id,
    title: planned.title,
    subagent: agent.subagent,
    agent: agent.agent,
    maxAttempts: mostAttempts(record) + record.revokedCount,
    command: agent.command,
    ...takenUp(record, agent, run.plan.repairs),
    // Claude Code counts its cost from its own start, even when it resumes a session and continues that session's total
    // (measured).
    budgetUsd: budgetLeftUsd(run),
    env: agent.env,
    adapter: agent.adapter,
    stdin: agent.stdin,
    timeoutMs: agent.timeoutMs,
    prompt,
    contextFile,
  };
}

/** Details that differ for a resumed session: its figures start with what the session has already used. */
function takenUp(
  record: TaskRecord,
  agent: LaunchSpec,
  repairs: number,
): Partial<Pick<AttemptDetails, 'command' | 'session' | 'baseline' | 'again'>> {
  const { resume, sessionUsage } = record;
  if (resume === null || agent.resume === null) {
    return {};
  }
  const known = sessionUsage === null ? {} : { baseline: sessionUsage };
  const again = takesUp(record, repairs) ?? undefined;
  return { command: agent.resume, session: resume.session, again, ...known };
}
