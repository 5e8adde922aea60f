import type { ResultMetadata } from '../../coordinator/schema/metadata.ts';
import { naturally } from '../../shared/natural-order.ts';
import { EXIT, overallExitCode } from './exit-codes.ts';
import type { ShownMetadata } from './metadata.ts';

/**
 * Merges successive runs of one group: each task's newest result, the errors of all runs, and the time from the first
 * start to the last end.
 */
export function mergeRuns(first: ShownMetadata, ...later: readonly ShownMetadata[]): ShownMetadata {
  return later.reduce(mergeTwo, first);
}

function mergeTwo(earlier: ShownMetadata, later: ShownMetadata): ShownMetadata {
  const results = mergeResults(earlier.results, later.results);
  const of = (status: string): number =>
    results.filter((result) => result.status === status).length;
  const exit_code = mergeExitCodes(earlier.exit_code, later.exit_code, of('blocked') > 0);
  const failedBefore = earlier.exit_code === EXIT.failed && later.exit_code !== EXIT.cancelled;
  return {
    ...later,
    tasks: [...new Set([...earlier.tasks, ...later.tasks])],
    created_at: earlier.created_at,
    started_at: earlier.started_at,
    status: failedBefore ? 'failed' : later.status,
    results,
    errors: [...new Set([...earlier.errors, ...later.errors])],
    warnings: [...new Set([...earlier.warnings, ...later.warnings])],
    exit_code,
    summary: {
      total: results.length,
      ok: of('completed'),
      failed: of('failed'),
      blocked: of('blocked'),
      cancelled: of('cancelled'),
      units: results.map(({ task_id }) => task_id),
    },
    usage: addUsage(earlier.usage, later.usage),
    proposed_tasks: [...new Set([...earlier.proposed_tasks, ...later.proposed_tasks])],
  };
}

function mergeResults(
  earlier: readonly ResultMetadata[],
  later: readonly ResultMetadata[],
): ResultMetadata[] {
  const byId = new Map([...earlier, ...later].map((result) => [result.task_id, result]));
  return [...byId.values()].toSorted((a, b) => naturally(a.task_id, b.task_id));
}

/** A later run may have unblocked tasks; all other failures remain. */
function mergeExitCodes(
  earlier: number | null,
  later: number | null,
  stillBlocked: boolean,
): number | null {
  if (earlier === null || later === null) {
    return later;
  }
  const codes = [earlier, later].filter((code) => code !== EXIT.blocked);
  return overallExitCode(stillBlocked ? [...codes, EXIT.blocked] : codes);
}

type Usage = ShownMetadata['usage'];

function addUsage(a: Usage, b: Usage): Usage {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    cost_usd:
      a.cost_usd === null && b.cost_usd === null ? null : (a.cost_usd ?? 0) + (b.cost_usd ?? 0),
    ...(a.cost_estimated === true || b.cost_estimated === true ? { cost_estimated: true } : {}),
  };
}
