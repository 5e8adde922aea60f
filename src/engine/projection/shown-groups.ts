import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { type MapContext, mapView, shownMaps } from './map-view.ts';
import { atTime, GroupProjections, type GroupsContext, reuseUnchanged } from './project-groups.ts';

/** A map's last view and a fingerprint of everything that it was made from, except the time. */
interface ProjectedMap {
  readonly view: GroupView;
  readonly from: string;
}

/** Projects the maps of a workspace. A view that looks the same keeps its identity, down to the units. */
export class MapProjections {
  #projected = new Map<GroupKey, ProjectedMap>();

  /** Returns the views of the maps. `runs`: the newest run of each group that ever ran; only maps count. */
  of(
    runs: readonly { readonly state: RunState; readonly holder: Holder }[],
    context: MapContext,
  ): GroupView[] {
    const projected = new Map<GroupKey, ProjectedMap>();
    for (const run of shownMaps(runs)) {
      const { plan, seq } = run.state;
      const from = JSON.stringify([plan.run, seq, run.holder, context.allowed]);
      const before = this.#projected.get(plan.group);
      if (before?.from === from && before.view.tasks.every(({ dueAt }) => dueAt === null)) {
        projected.set(plan.group, { from, view: atTime(before.view, context.now) });
        continue;
      }
      const view = mapView(run, context);
      projected.set(plan.group, {
        from,
        view: before === undefined ? view : reuseUnchanged(before.view, view),
      });
    }
    this.#projected = projected;
    return [...projected.values()].map(({ view }) => view);
  }
}

/** Projects everything that a workspace shows as a group. */
export class ShownGroups {
  readonly #plans = new GroupProjections();
  readonly #maps = new MapProjections();

  /** Returns the groups in plan order, then the maps. `runs`: the newest run of each group that ever ran. */
  of(
    context: GroupsContext,
    runs: readonly { readonly state: RunState; readonly holder: Holder }[],
  ): GroupView[] {
    const groups = this.#plans.of(context);
    const maps = this.#maps.of(runs, context);
    return maps.length === 0 ? groups : [...groups, ...maps];
  }
}
