import type { GroupMetadata } from '../../../src/coordinator/schema/metadata.ts';

/** Makes the metadata of a group without tasks, with the changes of a test. */
export function groupMetadata(changes: Partial<GroupMetadata> = {}): GroupMetadata {
  return {
    group_id: 'auth',
    group_name: 'auth',
    phase: 'pre_execution',
    tasks: [],
    created_at: '2026-01-01T00:00:00.000Z',
    started_at: null,
    completed_at: null,
    status: 'in_progress',
    results: [],
    errors: [],
    pre_group_refresh_completed: false,
    run_id: '20260101T000000Z-abcdef',
    seq: 1,
    source: 'tasks.md',
    exit_code: null,
    summary: { total: 0, ok: 0, failed: 0, blocked: 0, cancelled: 0, units: [] },
    tests: null,
    usage: { input_tokens: 0, output_tokens: 0, cost_usd: null },
    report: null,
    warnings: [],
    proposed_tasks: [],
    ...changes,
  };
}
