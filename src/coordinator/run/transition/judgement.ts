import { t } from '../../../shared/messages.ts';
import type { RunEventBody } from '../../schema/events.ts';
import type { TaskRecord } from '../state/state.ts';
import { agentOf } from './transition.ts';

type Checked = Extract<RunEventBody, { type: 'evidence.checked' }>;
type Given = Extract<RunEventBody, { type: 'judgement.decided' }>;

/** Whether the user works with the agent in its own user interface and decides on the result. */
export function isInteractive(record: TaskRecord): boolean {
  return agentOf(record)?.stdin === 'terminal';
}

/** Whether the user is being asked to accept the task. */
export function isAsked({ state }: TaskRecord): boolean {
  return state.kind === 'verifying' && state.stage === 'asked';
}

/**
 * The evidence with the user's decision. Evidence against a task that the user accepts becomes a warning. `at`: ms
 * since the epoch.
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
