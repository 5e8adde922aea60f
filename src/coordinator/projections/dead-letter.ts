import * as z from 'zod/mini';
import { shortened } from '../../shared/words/text.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf, launches } from '../run/transition/transition.ts';
import {
  agentIdSchema,
  failureSchema,
  groupKeySchema,
  runIdSchema,
  taskKeySchema,
} from '../schema/attempt.ts';

/** Maximum length of a text, in UTF-16 units; agents' texts have no limit of their own. */
const LONGEST_TEXT = 2_000;
const LONGEST_TITLE = 300;

const text = z.string().check(z.maxLength(LONGEST_TEXT));

/** `dead-letters/<task>.json`: a task that a run gave up for good, and the reason. A task has at most one. */
export const deadLetterSchema = z.object({
  v: z.literal(1),
  task: z.object({
    key: taskKeySchema,
    id: text,
    title: text,
    /** Identifies the task after its plan was renumbered. */
    fingerprint: z.string(),
  }),
  group: groupKeySchema,
  groupId: text,
  run: runIdSchema,
  /** Last agent; `null` if none was available. */
  agent: z.nullable(agentIdSchema),
  subagent: text,
  /** Number of attempts that started. */
  attempts: z.int().check(z.nonnegative()),
  /** Number of the newest attempt, which names its directory; 0: there is none. */
  newest: z.int().check(z.nonnegative()),
  failure: failureSchema,
  /** Time at which it was given up, ms since the epoch. */
  at: z.number(),
  /** The last lines of its newest attempt's output. */
  tail: text,
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/**
 * The dead letter of a task; `null` unless the run gave it up. Failed units of a map have none: they are a result of
 * the map, which can retry all of them at once. `tail`: the end of its output.
 */
export function toDeadLetter(run: RunState, record: TaskRecord, tail: string): DeadLetter | null {
  const { planned, state } = record;
  if (state.kind !== 'failed' || run.plan.kind === 'map') {
    return null;
  }
  const { failure } = state;
  const agent = agentOf(record) ?? null;
  return {
    v: 1,
    task: {
      key: planned.key,
      id: shortened(planned.id, LONGEST_TITLE),
      title: shortened(planned.title, LONGEST_TITLE),
      fingerprint: planned.fingerprint,
    },
    group: run.plan.group,
    groupId: shortened(run.plan.groupId, LONGEST_TITLE),
    run: run.plan.run,
    agent: agent?.agent ?? null,
    subagent: shortened(agent?.subagent ?? planned.subagent, LONGEST_TITLE),
    attempts: launches(record),
    newest: record.attempt,
    failure: {
      ...failure,
      message: shortened(failure.message, LONGEST_TEXT),
      ...(failure.remedy === undefined ? {} : { remedy: shortened(failure.remedy, LONGEST_TEXT) }),
    },
    at: record.endedAt ?? run.now,
    tail: tail.slice(-LONGEST_TEXT),
  };
}
