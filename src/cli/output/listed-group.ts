import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { AnyGroupMetadata } from '../../coordinator/schema/metadata.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import type { ListedMetadata } from '../../store/metadata/metadata-reader.ts';
import { metadataOfRun } from './metadata.ts';

/** One line of `list`. */
export interface ListedGroup {
  /** `null`: a group of another tool. */
  readonly key: string | null;
  readonly group_id: string;
  readonly source: string | null;
  readonly status: string;
  readonly phase: string;
  readonly summary: {
    readonly total: number;
    readonly ok: number;
    readonly failed: number;
    readonly blocked: number;
    readonly cancelled: number;
  };
  readonly run_id: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly exit_code: number | null;
  /** The coordinator of its unfinished run; `null` = none. */
  readonly held_by: string | null;
  /** Whether it belongs to another tool or came with the workspace: shown, never run or changed. */
  readonly read_only: boolean;
  /** The metadata file of a read-only group (absolute), otherwise `null`. */
  readonly file: string | null;
}

type Newest = { readonly state: RunState; readonly holder: Holder } | null;

/** Lists a group of the current plan. */
export function listedView(view: GroupView, newest: Newest): ListedGroup {
  const { counts, run } = view;
  return {
    key: view.key,
    group_id: view.id,
    source: view.source,
    status: view.status,
    phase: run?.phase ?? 'pre_execution',
    summary: {
      total: counts.total,
      ok: counts.completed,
      failed: counts.failed,
      blocked: counts.blocked,
      cancelled: counts.cancelled,
    },
    run_id: run?.id ?? null,
    started_at: iso(run?.startedAt),
    completed_at: iso(run?.endedAt),
    exit_code: run?.exitCode ?? null,
    held_by: newest?.state.ended === null ? newest.holder.name : null,
    read_only: false,
    file: null,
  };
}

/** Lists a group that is no longer in a plan, by its newest run. */
export function listedRun(workspaceRoot: string, state: RunState, holder: Holder): ListedGroup {
  const metadata = metadataOfRun(workspaceRoot, state, holder);
  const { total, ok, failed, blocked, cancelled } = metadata.summary;
  return {
    key: metadata.key,
    group_id: metadata.group_id,
    source: metadata.source,
    status: metadata.status,
    phase: metadata.phase,
    summary: { total, ok, failed, blocked, cancelled },
    run_id: metadata.run_id,
    started_at: metadata.started_at,
    completed_at: metadata.completed_at,
    exit_code: metadata.exit_code,
    held_by: metadata.held_by,
    read_only: false,
    file: null,
  };
}

/** Lists a group of a metadata file without a run of this user. */
export function listedForeign({ metadata, file }: ListedMetadata): ListedGroup {
  return {
    key: null,
    group_id: metadata.group_id,
    source: null,
    status: metadata.status,
    phase: metadata.phase,
    summary: summarise(metadata),
    run_id: null,
    started_at: metadata.started_at ?? null,
    completed_at: metadata.completed_at ?? null,
    exit_code: null,
    held_by: null,
    read_only: true,
    file,
  };
}

function summarise({ tasks, results }: AnyGroupMetadata): ListedGroup['summary'] {
  const of = (status: string): number =>
    results.filter((result) => result.status === status).length;
  return {
    total: tasks.length,
    ok: of('completed'),
    failed: of('failed'),
    blocked: of('blocked'),
    cancelled: of('cancelled'),
  };
}

function iso(at: number | null | undefined): string | null {
  return typeof at === 'number' ? new Date(at).toISOString() : null;
}
