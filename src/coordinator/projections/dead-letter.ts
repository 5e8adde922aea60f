import * as z from 'zod/mini';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf, launches } from '../run/transition/transition.ts';
import {
  agentIdSchema,
  failureSchema,
  groupKeySchema,
  runIdSchema,
  taskKeySchema,
} from '../schema/attempt.ts';

/** UTF-16 units of one text of a letter; what agents say has no bound of its own. */
const LONGEST_TEXT = 2_000;
const LONGEST_TITLE = 300;

const text = z.string().check(z.maxLength(LONGEST_TEXT));

/** `dead-letters/<task>.json`: a task that a run gave up for good, and why. Any task has at most one. */
export const deadLetterSchema = z.object({
  v: z.literal(1),
  task: z.object({
    key: taskKeySchema,
    id: text,
    title: text,
    /** Recognises the task after its plan was renumbered. */
    fingerprint: z.string(),
  }),
  group: groupKeySchema,
  groupId: text,
  run: runIdSchema,
  /** Who tried last; `null` where nobody was found. */
  agent: z.nullable(agentIdSchema),
  subagent: text,
  /** How often it was really started. */
  attempts: z.int().check(z.nonnegative()),
  /** The number of the newest attempt, which names its directory; 0: there is none. */
  newest: z.int().check(z.nonnegative()),
  failure: failureSchema,
  /** When it was given up, ms since the epoch. */
  at: z.number(),
  /** The last lines of what its newest attempt printed. */
  tail: text,
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/**
 * The letter of a task of a run; `null` where the run has not given it up. A unit of a map that failed is a result of the
 * map, which tries all of them again at once, so it has none. `tail`: the end of its output.
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
      id: cut(planned.id, LONGEST_TITLE),
      title: cut(planned.title, LONGEST_TITLE),
      fingerprint: planned.fingerprint,
    },
    group: run.plan.group,
    groupId: cut(run.plan.groupId, LONGEST_TITLE),
    run: run.plan.run,
    agent: agent?.agent ?? null,
    subagent: cut(agent?.subagent ?? planned.subagent, LONGEST_TITLE),
    attempts: launches(record),
    newest: record.attempt,
    failure: {
      ...failure,
      message: cut(failure.message, LONGEST_TEXT),
      ...(failure.remedy === undefined ? {} : { remedy: cut(failure.remedy, LONGEST_TEXT) }),
    },
    at: record.endedAt ?? run.now,
    tail: tail.slice(-LONGEST_TEXT),
  };
}

function cut(words: string, longest: number): string {
  return words.length <= longest ? words : `${words.slice(0, longest - 1)}…`;
}
