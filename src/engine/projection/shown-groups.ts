import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { MapProjections } from './map-projections.ts';
import { GroupProjections, type GroupsContext } from './project-groups.ts';

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
