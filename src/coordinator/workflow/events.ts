import * as z from 'zod/mini';
import { DISPATCH_CODES } from '../../shared/failure.ts';
import { groupKeySchema, runIdSchema, taskKeySchema } from '../schema/attempt.ts';
import { subagentTypeSchema, workflowSchema } from '../schema/config.ts';
import { FORMAT } from '../schema/format.ts';

/*
 * The complete history of a workflow's execution, one journal line for each event. Decisions are on disk before they are
 * carried out. Replaying the lines always gives the same state.
 */

/** Why a task was refused before any attempt, or a workflow stopped. `NOT_STARTED`: its group could not be run. */
export const WORKFLOW_CODES = [...DISPATCH_CODES, 'NOT_STARTED'] as const;
const code = z.enum(WORKFLOW_CODES);
export type WorkflowCode = z.infer<typeof code>;

const at = { stage: z.int().check(z.nonnegative()), loop: z.int().check(z.nonnegative()) };

const stageTaskSchema = z.object({
  key: taskKeySchema,
  id: z.string(),
  title: z.string(),
  group: groupKeySchema,
  subagent: z.string(),
  type: subagentTypeSchema,
});
/** A task of a workflow, frozen at its start. */
export type StageTask = z.infer<typeof stageTaskSchema>;

const taskResultSchema = z.object({
  task: taskKeySchema,
  status: z.enum(['completed', 'failed', 'blocked', 'cancelled']),
  /** One sentence; may be empty. */
  message: z.string(),
  run: z.nullable(runIdSchema),
});
/** Result of a task. */
export type TaskResult = z.infer<typeof taskResultSchema>;

const countsSchema = z.object({
  total: z.int(),
  completed: z.int(),
  failed: z.int(),
  blocked: z.int(),
  cancelled: z.int(),
});
/** Results of a stage's tasks; tasks without a known result count only in the total. */
export type StageCounts = z.infer<typeof countsSchema>;

export const workflowEventBodySchema = z.discriminatedUnion('type', [
  /** `tasks`: tasks of every stage of the definition, frozen. */
  z.object({
    type: z.literal('workflow.started'),
    workflow: z.string(),
    id: runIdSchema,
    definition: workflowSchema,
    tasks: z.array(z.array(stageTaskSchema)),
  }),
  /** A process resumed it after its previous process ended. */
  z.object({ type: z.literal('workflow.resumed'), by: z.string() }),
  /** `again`: tasks that are repeated even if their source marks them as done. */
  z.object({
    type: z.literal('stage.entered'),
    ...at,
    tasks: z.array(taskKeySchema),
    again: z.array(taskKeySchema),
  }),
  z.object({ type: z.literal('stage.skipped'), ...at }),
  /** A run of the stage has ended. `findings`: of its monitors. `suite`: result of its tests. */
  z.object({
    type: z.literal('run.recorded'),
    ...at,
    run: runIdSchema,
    group: groupKeySchema,
    results: z.array(taskResultSchema),
    findings: z.array(z.string()),
    suite: z.object({
      status: z.enum(['passed', 'failed', 'none']),
      message: z.string(),
    }),
  }),
  /** `task` null: it concerns the whole workflow. */
  z.object({
    type: z.literal('dispatch.failed'),
    ...at,
    task: z.nullable(taskKeySchema),
    code,
    message: z.string(),
  }),
  /** `results`: of tasks that no run reported. */
  z.object({
    type: z.literal('stage.ended'),
    ...at,
    results: z.array(taskResultSchema),
    counts: countsSchema,
  }),
  /** `rate` null: nothing was attempted. `required` null: no gate. */
  z.object({
    type: z.literal('gate.checked'),
    ...at,
    rate: z.nullable(z.number()),
    required: z.nullable(z.number()),
    open: z.boolean(),
  }),
  /** `loop`: number of the new loop. `to`: the stage that is repeated, with these of its tasks. */
  z.object({
    type: z.literal('feedback.requested'),
    from: z.int(),
    to: z.int(),
    loop: z.int(),
    why: z.enum(['gate', 'suite', 'finding']),
    findings: z.array(z.string()),
    tasks: z.array(taskKeySchema),
  }),
  z.object({ type: z.literal('workflow.cancelled'), by: z.string() }),
  z.object({
    type: z.literal('workflow.ended'),
    status: z.enum(['completed', 'failed', 'cancelled']),
    exitCode: z.int(),
    /** Failed tasks and failing suites. */
    failures: z.int(),
  }),
]);
export type WorkflowEventBody = z.infer<typeof workflowEventBodySchema>;

/** One line of the journal. `seq` counts from 1 without gaps; `epoch` is its writer's lock; `at` is ms since the epoch. */
export const workflowEventSchema = z.object({
  v: z.literal(FORMAT),
  seq: z.int().check(z.positive()),
  epoch: z.int().check(z.positive()),
  at: z.number(),
  event: workflowEventBodySchema,
});
export type WorkflowEvent = z.infer<typeof workflowEventSchema>;
