import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { type MapContext, mapView, shownMaps } from './map-view.ts';
import { atTime, keeping } from './project-groups.ts';

interface Drawn {
  readonly view: GroupView;
  readonly from: string;
}

/** The maps of a workspace as they are to be shown. What looks as before keeps its identity, down to the units. */
export class MapProjections {
  #drawn = new Map<GroupKey, Drawn>();

  /** `runs`: the newest run of each group that ever ran, of which only maps count. */
  of(
    runs: readonly { readonly state: RunState; readonly holder: Holder }[],
    around: MapContext,
  ): GroupView[] {
    const drawn = new Map<GroupKey, Drawn>();
    for (const run of shownMaps(runs)) {
      const { plan, seq } = run.state;
      const from = JSON.stringify([plan.run, seq, run.holder, around.allowed]);
      const before = this.#drawn.get(plan.group);
      if (before?.from === from && before.view.tasks.every(({ dueAt }) => dueAt === null)) {
        drawn.set(plan.group, { from, view: atTime(before.view, around.now) });
        continue;
      }
      const view = mapView(run, around);
      drawn.set(plan.group, {
        from,
        view: before === undefined ? view : keeping(before.view, view),
      });
    }
    this.#drawn = drawn;
    return [...drawn.values()].map(({ view }) => view);
  }
}
