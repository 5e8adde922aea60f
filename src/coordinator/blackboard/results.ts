import type { TaskKey } from '../../shared/ids.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { PostedResult } from '../schema/posted.ts';

/** Stores the result of an attempt. A second result of the same attempt is ignored. */
export function receiveResult(
  run: RunState,
  record: TaskRecord,
  { attempt, result }: Extract<RunEventBody, { type: 'result.received' }>,
): void {
  const { planned } = record;
  const name = nameOf(planned.key, attempt);
  if (attempt > record.attempt || run.results.has(name)) {
    return;
  }
  run.results.set(name, {
    task: planned.key,
    id: planned.id,
    attempt,
    subagent: planned.agents[record.choice]?.subagent ?? planned.subagent,
    role: planned.role,
    at: run.now,
    result,
  });
}

/** The result that counts for a task: the one of its newest attempt. A new attempt discards the previous result. */
export function resultOf(run: RunState, record: TaskRecord): PostedResult | null {
  return run.results.get(nameOf(record.planned.key, record.attempt)) ?? null;
}

/** The results that count, in unspecified order. */
export function countedResults(run: RunState): PostedResult[] {
  return [...run.results.values()].filter(
    ({ task, attempt }) => run.tasks.get(task)?.attempt === attempt,
  );
}

/** A key never starts with an attempt number, so the combination is unambiguous. */
function nameOf(task: TaskKey, attempt: number): string {
  return `${attempt} ${task}`;
}
