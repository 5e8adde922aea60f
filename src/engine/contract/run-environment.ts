import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import type { Clock } from '../../system/clock.ts';
import type { Guards } from './guards.ts';
import type { Launcher, WriteStatus } from './ports.ts';

/** What every run of a workspace needs. */
export interface RunContext {
  readonly workspaceRoot: string;
  /** The user's own storage for this workspace. */
  readonly storage: string;
  /** Who we are, for the lock: "VS Code", "command line". */
  readonly label: string;
  readonly clock: Clock;
  /** What runs tell of themselves goes out here. */
  readonly bus: CoordinatorBus;
  /** What all runs of this window or command line share. */
  readonly guards: Guards;
  readonly launcher: Launcher;
  readonly writeStatus: WriteStatus;
  readonly plan: () => Plan;
  readonly config: () => Config;
}
