import { type Phase, PHASES } from '../../shared/status.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { PhaseView } from '../../shared/view-models/group-views.ts';
import type { RunState } from '../run/state/state.ts';
import { launches } from '../run/transition/transition.ts';

/** The four phases of a run with their times and the most relevant fact of each. */
export function projectPhases(run: RunState): PhaseView[] {
  return PHASES.map((phase, place) => {
    const startedAt = run.phases.get(phase) ?? null;
    const next = PHASES[place + 1];
    const left = next === undefined ? undefined : run.phases.get(next);
    const endedAt = startedAt === null ? null : (left ?? run.ended?.at ?? null);
    return {
      phase,
      startedAt,
      endedAt,
      state: stateOf(run, phase, startedAt, endedAt),
      detail: detailOf(run, phase),
    };
  });
}

function stateOf(
  run: RunState,
  phase: Phase,
  startedAt: number | null,
  endedAt: number | null,
): PhaseView['state'] {
  if (startedAt === null) {
    return run.ended === null ? 'waiting' : 'skipped';
  }
  if (endedAt === null) {
    return 'running';
  }
  return phase === 'post_execution' && run.ended?.status === 'failed' ? 'failed' : 'done';
}

function detailOf(run: RunState, phase: Phase): string {
  switch (phase) {
    case 'pre_execution':
      return refreshDetail(run);
    case 'concurrent_execution':
      return `${countLaunched(run)} launched`;
    case 'coordination': {
      const running = run.live > 0 ? `, ${run.live} running` : '';
      return `${run.completed} done${running}`;
    }
    case 'post_execution': {
      const { state } = run.suites.tests;
      return state.kind === 'ended' && state.tests !== null
        ? state.tests.message
        : (run.plan.tests?.label ?? (run.plan.kind === 'map' ? '' : 'no test command'));
    }
    default:
      return unreachable(phase);
  }
}

function refreshDetail(run: RunState): string {
  const { state } = run.suites.refresh;
  switch (state.kind) {
    case 'idle':
      return '';
    case 'running':
      return 'refreshing the context';
    case 'ended':
      return state.outcome.failure === null ? 'context fresh' : 'context may be stale';
    default:
      return unreachable(state);
  }
}

function countLaunched({ order }: RunState): number {
  let count = 0;
  for (const record of order) {
    count += launches(record) > 0 ? 1 : 0;
  }
  return count;
}
