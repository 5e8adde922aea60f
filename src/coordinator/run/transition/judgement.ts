import { t } from '../../../shared/messages.ts';
import type { RunEventBody } from '../../schema/events.ts';
import type { TaskRecord } from '../state/state.ts';
import { agentOf } from './transition.ts';

type Checked = Extract<RunEventBody, { type: 'evidence.checked' }>;
type Given = Extract<RunEventBody, { type: 'judgement.decided' }>;

/** Whether a person works with the agent in its own user interface, and has the last word on what comes of it. */
export function isInteractive(record: TaskRecord): boolean {
  return agentOf(record)?.stdin === 'terminal';
}

/** Whether a person is being asked whether the task is proven. */
export function isAsked({ state }: TaskRecord): boolean {
  return state.kind === 'verifying' && state.stage === 'asked';
}

/**
 * What there was to judge by, with a person's word. What speaks against a task that a person calls proven stays to be
 * seen, as a warning. `at`: ms since the epoch.
 */
export function withJudgement(
  record: TaskRecord,
  { proven, by }: Given,
  at: number,
): Pick<Checked, 'attempt' | 'evidence' | 'files'> {
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const word = proven ? 'proven' : 'not proven';
  const person = {
    kind: 'person' as const,
    ok: proven,
    detail: t('{0} said {1}, {2} UTC.', by, word, when),
  };
  const before = record.evidence.map((each) =>
    each.ok ? each : { ...each, ok: true, note: 'warning' as const },
  );
  return {
    attempt: record.attempt,
    evidence: [...before, person],
    files: [...record.changedFiles],
  };
}
