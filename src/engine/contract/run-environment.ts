import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import type { Clock } from '../../system/clock.ts';
import type { Guards } from './guards.ts';
import type { Launcher, WriteStatus } from './ports.ts';

/** The context that all runs of a workspace share. */
export interface RunContext {
  readonly workspaceRoot: string;
  /** Directory of the user's storage for this workspace, absolute. */
  readonly storage: string;
  /** Name of this process in locks and requests: "VS Code", "command line". */
  readonly label: string;
  readonly clock: Clock;
  /** The bus on which runs publish their events. */
  readonly bus: CoordinatorBus;
  /** The limits that all runs of this window or command line share. */
  readonly guards: Guards;
  readonly launcher: Launcher;
  readonly writeStatus: WriteStatus;
  readonly plan: () => Plan;
  readonly config: () => Config;
}
