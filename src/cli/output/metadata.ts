import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectMetadata } from '../../coordinator/projections/project-metadata.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupMetadata, ResultMetadata } from '../../coordinator/schema/metadata.ts';
import { runFiles } from '../../engine/artifacts/run-files.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';

/** A group's metadata in the output of the command line. */
export interface ShownMetadata extends Omit<GroupMetadata, 'run_id'> {
  key: string;
  /** `null`: the group never ran. */
  run_id: string | null;
  /** The coordinator of its unfinished run; `null` = none. */
  held_by: string | null;
}

/** The metadata of a run, from its journal. `holder`: the coordinator of an unfinished run. */
export function metadataOfRun(
  workspaceRoot: string,
  state: RunState,
  holder: Holder | null,
): ShownMetadata {
  const directory = runDirectory(workspaceRoot, state.plan.run);
  const metadata = projectMetadata(state, runFiles(directory), holder ?? undefined);
  const held_by = state.ended === null ? (holder?.name ?? null) : null;
  return { key: state.plan.group, ...metadata, held_by };
}

/** The metadata of a group that never ran, from its plan. */
export function metadataOfPlan(workspaceRoot: string, group: GroupView): ShownMetadata {
  const results = group.tasks.map(resultOfPlan);
  const of = (status: string): number =>
    results.filter((result) => result.status === status).length;
  const plan = statSync(resolve(workspaceRoot, group.source), { throwIfNoEntry: false });
  return {
    key: group.key,
    group_id: group.id,
    group_name: `Parallel Group ${group.id}`,
    phase: 'pre_execution',
    tasks: results.map(({ task_id }) => task_id),
    created_at: (plan?.mtime ?? new Date(0)).toISOString(),
    started_at: null,
    completed_at: null,
    status: group.status,
    results,
    errors: [],
    pre_group_refresh_completed: false,
    run_id: null,
    seq: 0,
    source: group.source,
    exit_code: null,
    summary: {
      total: results.length,
      ok: of('completed'),
      failed: of('failed'),
      blocked: of('blocked'),
      cancelled: of('cancelled'),
      units: results.map(({ task_id }) => task_id),
    },
    tests: null,
    usage: { input_tokens: 0, output_tokens: 0, cost_usd: null },
    report: null,
    warnings: [],
    proposed_tasks: [],
    held_by: null,
  };
}

function resultOfPlan(task: TaskView): ResultMetadata {
  return {
    task_id: task.id,
    key: task.key,
    subagent: task.subagent,
    skills_applied: [],
    role: '',
    status: task.status,
    ok: task.status === 'completed',
    started_at: null,
    completed_at: null,
    failure: null,
    attempts: 0,
    repairs: 0,
    interrupted: 0,
    agent: null,
    session_id: null,
    summary: null,
    artifacts: {},
    evidence: [],
    usage: null,
    log: null,
    logs: [],
    closed: task.status === 'completed',
    blocked_by: task.blockedBy.map(({ id }) => id),
    ...(task.why === null ? {} : { why: task.why }),
  };
}
