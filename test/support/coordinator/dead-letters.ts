import type { DeadLetter } from '../../../src/coordinator/projections/dead-letter.ts';
import { asAgentId, asGroupKey, asRunId } from '../../../src/shared/ids.ts';
import { keyOf } from './plans.ts';

/** Makes the dead letter of a `run:` line that exited with code 1, with the changes of the test. */
export function deadLetter(id: string, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    v: 1,
    task: { key: keyOf(id), id, title: `Do ${id}`, fingerprint: `do ${id}` },
    group: asGroupKey('tasks.md#auth'),
    groupId: 'auth',
    run: asRunId('20261121T120000Z-abcdef'),
    agent: asAgentId('run'),
    subagent: 'backend-architect',
    attempts: 1,
    newest: 1,
    failure: { reason: 'exit', exitCode: 1, message: 'It ended with code 1.' },
    at: 1_000,
    tail: '',
    ...changes,
  };
}

/** Makes the dead letter of a task for which no agent was available. */
export function refusedDeadLetter(id: string, message: string, at = 1_000): DeadLetter {
  const failure = { reason: 'rejected' as const, code: 'POLICY_VIOLATION' as const, message };
  return deadLetter(id, { attempts: 0, newest: 0, failure, at });
}
