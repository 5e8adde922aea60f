import { t } from '../../shared/messages.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { RunSpec } from '../schema/run-spec.ts';
import { budgetSpeaks } from './budget.ts';
import { testsAreMissing } from './failure/judge-run.ts';
import { compareReady } from './queue/ready-tasks.ts';
import { ReadyQueue } from './state/ready-queue.ts';
import type { PolicyState, RunState } from './state/state.ts';

type Spoke = Extract<RunEventBody, { type: 'policy.reported' }>;

/** Initial state of a run's policies. */
export function createPolicies(plan: RunSpec): PolicyState {
  return {
    spent: { costNanos: 0, tokens: 0 },
    costEstimated: false,
    budget: 'open',
    testsMissed: false,
    launchPaused: null,
    quota: null,
    findings: [],
    toApprove: new ReadyQueue(compareReady({ plan })),
    asked: new Set(),
  };
}

/** The next policy event, which takes precedence over other decisions. */
export function nextPolicyEvent(run: RunState): RunEventBody | null {
  return budgetSpeaks(run);
}

/** Reports required tests without a result, once the run is about to end. */
export function missingTestsEvent(run: RunState): RunEventBody | null {
  return run.policy.testsMissed || !testsAreMissing(run)
    ? null
    : {
        type: 'policy.reported',
        severity: 'violation',
        code: 'POLICY_VIOLATION',
        task: null,
        message:
          run.plan.tests === null
            ? t('Tests are required, but there is no test command: nothing was closed.')
            : t('Tests are required, but none ran: nothing was closed.'),
      };
}

/** Records a policy finding, so that it is reported only once. */
export function recordFinding({ policy, warnings }: RunState, event: Spoke): void {
  const { severity, code, task, message } = event;
  policy.findings.push({ severity, code, task, message });
  if (severity === 'warning') {
    warnings.push(message);
  }
  if (code === 'BUDGET' && task === null) {
    policy.budget = severity === 'violation' ? 'spent' : 'warned';
  }
  if (code === 'POLICY_VIOLATION' && task === null) {
    policy.testsMissed = true;
  }
}
