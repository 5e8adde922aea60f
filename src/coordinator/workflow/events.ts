import * as z from 'zod/mini';
import { DISPATCH_CODES } from '../../shared/failure.ts';
import { groupKeySchema, runIdSchema, taskKeySchema } from '../schema/attempt.ts';
import { subagentTypeSchema, workflowSchema } from '../schema/config.ts';
import { FORMAT } from '../schema/format.ts';

/*
 * The complete history of a workflow's execution, one journal line for each event. Decisions are on disk before they are
 * carried out. Replaying the lines always gives the same state.
 */

/** Why a task was refused before any attempt, or a workflow does not go on. `NOT_STARTED`: its group could not be run. */
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
/** A task of a workflow, as it stood when that started. */
export type StageTask = z.infer<typeof stageTaskSchema>;

const taskResultSchema = z.object({
  task: taskKeySchema,
  status: z.enum(['completed', 'failed', 'blocked', 'cancelled']),
  /** One sentence; empty where there is nothing to say. */
  message: z.string(),
  run: z.nullable(runIdSchema),
});
/** What came of a task. */
export type TaskResult = z.infer<typeof taskResultSchema>;

const countsSchema = z.object({
  total: z.int(),
  completed: z.int(),
  failed: z.int(),
  blocked: z.int(),
  cancelled: z.int(),
});
/** What came of the tasks of a stage; one of which nothing is known is in the total only. */
export type StageCounts = z.infer<typeof countsSchema>;

export const workflowEventBodySchema = z.discriminatedUnion('type', [
  /** `tasks`: of every stage of the definition, frozen. */
  z.object({
    type: z.literal('workflow.started'),
    workflow: z.string(),
    id: runIdSchema,
    definition: workflowSchema,
    tasks: z.array(z.array(stageTaskSchema)),
  }),
  /** Somebody went on with it after its process was gone. */
  z.object({ type: z.literal('workflow.resumed'), by: z.string() }),
  /** `again`: tasks that are carried out once more, though their source may have them as done. */
  z.object({
    type: z.literal('stage.entered'),
    ...at,
    tasks: z.array(taskKeySchema),
    again: z.array(taskKeySchema),
  }),
  z.object({ type: z.literal('stage.skipped'), ...at }),
  /** A run of the stage is over. `findings`: what its monitors found. `suite`: what its tests said. */
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
  /** `task` null: it is about the whole workflow. */
  z.object({
    type: z.literal('dispatch.failed'),
    ...at,
    task: z.nullable(taskKeySchema),
    code,
    message: z.string(),
  }),
  /** `results`: of tasks that no run told of. */
  z.object({
    type: z.literal('stage.ended'),
    ...at,
    results: z.array(taskResultSchema),
    counts: countsSchema,
  }),
  /** `rate` null: nothing was tried. `required` null: there is no gate. */
  z.object({
    type: z.literal('gate.checked'),
    ...at,
    rate: z.nullable(z.number()),
    required: z.nullable(z.number()),
    open: z.boolean(),
  }),
  /** `loop`: the one that begins. `to`: the stage that is executed again, with these of its tasks. */
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
